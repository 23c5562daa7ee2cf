/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.business.Business;
import ai.king.gate.Action;
import ai.king.gate.Approval;
import ai.king.gate.DecisionListener;
import ai.king.gate.Risk;
import ai.king.gate.Setting;
import ai.king.gate.Verdict;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Tx;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random histories of judging, voting, paying and time passing, through the engine and through the model side by side. */
class GateModelTest {

    private static final int HISTORIES = Integer.getInteger("king.gate.histories", 20_000);
    private static final Actor AI = Actor.ai("finance");
    private static final List<String> PROFILES = List.of("conservative", "moderate", "aggressive");
    private static final List<Identity> PEOPLE = List.of(TestGate.ANNA, TestGate.BEN, TestGate.CLEO, TestGate.VIC);
    private static final String[] AMOUNTS = {"", "-5", "0", "10", "60", "100", "300", "500", "501", "2100", "6000"};

    @Test
    void theEngineAgreesWithTheModelInRandomHistories() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed).go();
        }
    }

    private static final class History {
        private final Random random;
        private final HeapStore store = new HeapStore();
        private final GateEngine gate;
        private final GateModel model = new GateModel();
        private final Map<String, Action> actions = new HashMap<>();
        private final Set<String> allowed = new HashSet<>();
        private final List<String> told = new ArrayList<>();
        private final String active;
        private final int seed;

        History(int seed) {
            this.seed = seed;
            random = new Random(seed);
            active = pick(PROFILES);
            store.write(AI, tx -> {
                tx.insert(new Setting("risk.active", active, 0));
                tx.insert(new Business(
                        "b",
                        "Shop",
                        "shop",
                        null,
                        "USD",
                        Business.Status.OPERATION,
                        null,
                        null,
                        tx.now(),
                        tx.now(),
                        0));
                tx.record("test", "b", Map.of());
                return tx;
            });
            gate = TestGate.over(store);
            TestGate.listen(gate, () -> new Listener(told));
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }

        void go() {
            for (int i = 0; i < 14; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2, 3 -> judge();
                    case 4, 5 -> vote();
                    case 6 -> store.turn(Duration.ofHours(random.nextInt(15)));
                    default -> tick();
                }
            }
        }

        private void judge() {
            String key = "k" + random.nextInt(6);
            Action action = actions.computeIfAbsent(key, this::invent);
            if (allowed.contains(key)) {
                // A call is judged again only when it surely did not happen.
                store.write(AI, tx -> {
                    gate.release(tx, key);
                    tx.record("test", key, Map.of());
                    return key;
                });
                model.release(key);
                allowed.remove(key);
            }
            Set<String> profiles = new HashSet<>(action.profiles());
            profiles.add(active);
            String expected = model.judge(action, profiles, store.instant());
            String said = store.write(AI, tx -> {
                tx.record("test", key, Map.of());
                return words(gate.judge(tx, action));
            });
            assertThat(said).as("seed %d, %s", seed, action).isEqualTo(expected);
            if (said.equals("ALLOW")) {
                allowed.add(key);
            }
        }

        private static String words(Verdict verdict) {
            if (verdict instanceof Verdict.Ask ask) {
                return "ASK" + ask.approval().approvers();
            }
            return verdict instanceof Verdict.Allow ? "ALLOW" : "DENY";
        }

        private Action invent(String key) {
            Effect effect = pick(List.of(Effect.values()));
            String amount = AMOUNTS[random.nextInt(AMOUNTS.length)];
            boolean spend = effect == Effect.SPEND;
            String currency = random.nextInt(8) == 0 ? "EUR" : "USD";
            return new Action(
                    key,
                    "g",
                    "s",
                    "tool." + effect,
                    "does it",
                    effect,
                    Map.of("n", random.nextInt(3)),
                    spend && !amount.isEmpty() ? Optional.of(Money.of(amount, currency)) : Optional.empty(),
                    spend ? Optional.of(pick(List.of("a", "b"))) : Optional.empty(),
                    Optional.of("b"),
                    random.nextBoolean() ? Set.of() : Set.of(pick(PROFILES)),
                    pick(List.of(Risk.LOW, Risk.LOW, Risk.MEDIUM, Risk.HIGH)),
                    random.nextInt(5) == 0,
                    pick(List.of("anna", "pat")));
        }

        private void vote() {
            List<Approval> all = store.read(reader -> reader.list(Query.of(Approval.class)));
            if (all.isEmpty()) {
                return;
            }
            String key =
                    pick(all.stream().map(Approval::subject).distinct().sorted().toList());
            Approval latest = all.stream()
                    .filter(approval -> approval.subject().equals(key))
                    .max(java.util.Comparator.comparing(Approval::id))
                    .orElseThrow();
            Identity voter = pick(PEOPLE);
            Vote.Decision decision = random.nextInt(4) == 0 ? Vote.Decision.REJECT : Vote.Decision.APPROVE;
            boolean right = random.nextInt(8) != 0;
            GateModel.Asked asked = model.asked.get(key);
            boolean wasOpen = asked.status.open();
            String expected = model.vote(asked, voter, decision, right, store.instant());
            int before = told.size();
            String said;
            try {
                said = gate.vote(voter, latest.id(), decision, "", right ? latest.payloadSha256() : "0".repeat(64))
                        .status()
                        .name();
            } catch (VoteRefused e) {
                said = e.reason().name();
            }
            assertThat(said)
                    .as("seed %d, %s by %s on %s", seed, decision, voter, latest)
                    .isEqualTo(expected);
            boolean decided = wasOpen && !asked.status.open();
            assertThat(told.size() - before).as("told once, when it is decided").isEqualTo(decided ? 1 : 0);
        }

        private void tick() {
            model.tick(store.instant());
            TestGate.tick(store, gate);
            for (Approval approval : store.read(reader -> reader.list(Query.of(Approval.class)))) {
                assertThat(approval.status().open() && !store.instant().isBefore(approval.expiresAt()))
                        .isFalse();
            }
        }
    }

    private record Listener(List<String> told) implements DecisionListener {
        @Override
        public String subjectKind() {
            return "call";
        }

        @Override
        public void decided(Tx tx, Approval approval) {
            told.add(approval.id());
        }
    }
}
