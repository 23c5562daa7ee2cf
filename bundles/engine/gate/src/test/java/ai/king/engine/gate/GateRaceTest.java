/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.business.Business;
import ai.king.engine.store.TestDatabase;
import ai.king.gate.Action;
import ai.king.gate.Approval;
import ai.king.gate.Approvals.Question;
import ai.king.gate.DecisionListener;
import ai.king.gate.Risk;
import ai.king.gate.Verdict;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two at once, on both databases. */
class GateRaceTest {

    private static final Actor AI = Actor.ai("finance");
    private static final int ROUNDS = 15;

    @Test
    void twoVotesAtOnceDecideOnceOnH2() throws Exception {
        try (TestDatabase database = TestDatabase.h2()) {
            twoVotesDecideOnce(database.store());
        }
    }

    @Test
    void twoVotesAtOnceDecideOnceOnPostgresql() throws Exception {
        try (TestDatabase database = TestDatabase.postgresql()) {
            twoVotesDecideOnce(database.store());
        }
    }

    @Test
    void twoPaymentsAtOnceCountAsOneSumOnH2() throws Exception {
        try (TestDatabase database = TestDatabase.h2()) {
            twoPaymentsCountAsOneSum(database.store());
        }
    }

    @Test
    void twoPaymentsAtOnceCountAsOneSumOnPostgresql() throws Exception {
        try (TestDatabase database = TestDatabase.postgresql()) {
            twoPaymentsCountAsOneSum(database.store());
        }
    }

    private static void twoVotesDecideOnce(Store store) throws Exception {
        AtomicInteger decided = new AtomicInteger();
        GateEngine gate = TestGate.over(store);
        TestGate.listen(gate, () -> new Counting(decided));
        for (int i = 0; i < ROUNDS; i++) {
            Approval approval = ask(store, gate, "k" + i);
            decided.set(0);
            List<String> said = both(() -> vote(gate, TestGate.BEN, approval), () -> vote(gate, i(approval), approval));
            assertThat(said).containsExactlyInAnyOrder("PARTIAL", "APPROVED");
            assertThat(decided).hasValue(1);
            Approval second = ask(store, gate, "s" + i);
            assertThat(both(() -> vote(gate, TestGate.BEN, second), () -> vote(gate, TestGate.BEN, second)))
                    .containsExactlyInAnyOrder("PARTIAL", "ALREADY_VOTED");
        }
    }

    private static ai.king.access.Identity i(Approval approval) {
        assertThat(approval.legal()).isTrue();
        return TestGate.CLEO;
    }

    private static String vote(GateEngine gate, ai.king.access.Identity voter, Approval approval) {
        try {
            return gate.vote(voter, approval.id(), Vote.Decision.APPROVE, "", approval.payloadSha256())
                    .status()
                    .name();
        } catch (VoteRefused e) {
            return e.reason().name();
        }
    }

    private static Approval ask(Store store, GateEngine gate, String subject) {
        Map<String, Object> payload = Map.of("letter", subject);
        Question question = new Question(
                Approval.Type.LEGAL,
                "Send a letter",
                "",
                Risk.HIGH,
                List.of(),
                payload,
                Optional.empty(),
                "test",
                subject,
                Optional.empty(),
                Optional.empty(),
                "pat",
                Optional.empty());
        Approval approval = store.write(AI, tx -> gate.open(tx, question));
        assertThat(approval.payloadSha256()).isEqualTo(Json.digest(payload));
        return approval;
    }

    private static void twoPaymentsCountAsOneSum(Store store) throws Exception {
        GateEngine gate = TestGate.over(store);
        store.write(AI, tx -> {
            tx.insert(new Business(
                    "b", "Shop", "shop", null, "USD", Business.Status.OPERATION, null, null, tx.now(), tx.now(), 0));
            tx.record("test", "b", Map.of());
            return tx;
        });
        for (int i = 0; i < ROUNDS; i++) {
            String payee = "payee" + i;
            assertThat(both(() -> pay(store, gate, payee, "x"), () -> pay(store, gate, payee, "y")))
                    .containsExactlyInAnyOrder("Allow", "Ask");
        }
    }

    private static String pay(Store store, GateEngine gate, String payee, String key) {
        Action action = new Action(
                payee + key,
                "g",
                "s",
                "pay",
                "pays",
                Effect.SPEND,
                Map.of(),
                Optional.of(Money.of("300", "USD")),
                Optional.of(payee),
                Optional.of("b"),
                Set.of(),
                Risk.LOW,
                false,
                "pat");
        Verdict verdict = store.write(AI, tx -> {
            tx.record("test", key, Map.of());
            return gate.judge(tx, action);
        });
        return verdict.getClass().getSimpleName();
    }

    private static List<String> both(Callable<String> one, Callable<String> two) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> futures = new ArrayList<>();
            for (Callable<String> each : List.of(one, two)) {
                futures.add(threads.submit(() -> {
                    together.await();
                    return each.call();
                }));
            }
            return List.of(futures.get(0).get(), futures.get(1).get());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aLooserProfileIsAQuestionToTwoPeopleAndAStricterOneIsNot() {
        HeapStore store = new HeapStore();
        GateEngine gate = TestGate.over(store);

        assertThat(gate.activate(TestGate.ANNA, "conservative")).isEmpty();
        assertThat(gate.active().name()).isEqualTo("conservative");
        Approval approval = gate.activate(TestGate.ANNA, "aggressive").orElseThrow();
        assertThat(gate.active().name()).isEqualTo("conservative");
        assertThatThrownBy(() ->
                        gate.vote(TestGate.ANNA, approval.id(), Vote.Decision.APPROVE, "", approval.payloadSha256()))
                .isInstanceOf(VoteRefused.class);
        vote(gate, TestGate.BEN, approval);
        assertThat(vote(gate, TestGate.CLEO, approval)).isEqualTo("APPROVED");
        assertThat(gate.active().name()).isEqualTo("aggressive");
    }

    private record Counting(AtomicInteger decided) implements DecisionListener {
        @Override
        public String subjectKind() {
            return "test";
        }

        @Override
        public void decided(Tx tx, Approval approval) {
            decided.incrementAndGet();
        }
    }
}
