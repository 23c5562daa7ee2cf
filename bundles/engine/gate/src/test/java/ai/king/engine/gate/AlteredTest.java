/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.business.Business;
import ai.king.gate.Action;
import ai.king.gate.Approval;
import ai.king.gate.DecisionListener;
import ai.king.gate.Risk;
import ai.king.gate.Verdict;
import ai.king.gate.Vote;
import ai.king.store.Actor;
import ai.king.store.Tx;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was approved runs as it was approved: another amount, argument, payee or a higher risk is asked anew. */
class AlteredTest {

    private static final Actor AI = Actor.ai("finance");
    private static final String SKU = "bed-041";

    private final HeapStore store = new HeapStore();
    private final GateEngine gate = TestGate.over(store);

    @BeforeEach
    void business() {
        TestGate.listen(gate, Waiting::new);
        for (String id : List.of("b", "c")) {
            store.write(AI, tx -> {
                tx.record("test", id, Map.of());
                return tx.insert(new Business(
                        id, "Shop", "shop", null, "USD", Business.Status.OPERATION, null, null, tx.now(), tx.now(), 0));
            });
        }
    }

    /** The parts of an action that may be another one's; the key is what an approval belongs to. */
    private record Parts(
            String goal,
            String step,
            String tool,
            Effect effect,
            String sku,
            String amount,
            String payee,
            String business,
            Risk risk) {

        Action action(String key) {
            return new Action(
                    key,
                    goal,
                    step,
                    tool,
                    "buys",
                    effect,
                    Map.of("sku", sku, "lines", List.of(Map.of("quantity", 4))),
                    Optional.of(Money.of(amount, "USD")),
                    Optional.of(payee),
                    Optional.of(business),
                    Set.of(),
                    risk,
                    false,
                    "pat");
        }
    }

    private static final Parts APPROVED =
            new Parts("g", "s", "suppliers.purchase", Effect.SPEND, SKU, "743.00", "acme", "b", Risk.MEDIUM);

    private Verdict judge(Action action) {
        return store.write(AI, tx -> {
            tx.record("test", action.callKey(), Map.of());
            return gate.judge(tx, action);
        });
    }

    private void approve(String key) {
        Approval approval = ((Verdict.Ask) judge(APPROVED.action(key))).approval();
        assertThat(approval.approvers()).isOne();
        gate.vote(TestGate.BEN, approval.id(), Vote.Decision.APPROVE, "", approval.payloadSha256());
    }

    @Test
    void passesUnchangedOnce() {
        approve("k");
        assertThat(judge(APPROVED.action("k"))).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void noFieldMayDiffer() {
        Parts a = APPROVED;
        Map<String, Parts> altered = new LinkedHashMap<>();
        altered.put("goal", new Parts("h", a.step, a.tool, a.effect, a.sku, a.amount, a.payee, a.business, a.risk));
        altered.put("step", new Parts(a.goal, "t", a.tool, a.effect, a.sku, a.amount, a.payee, a.business, a.risk));
        altered.put("tool", new Parts(a.goal, a.step, "pay", a.effect, a.sku, a.amount, a.payee, a.business, a.risk));
        altered.put(
                "effect",
                new Parts(a.goal, a.step, a.tool, Effect.LEGAL, a.sku, a.amount, a.payee, a.business, a.risk));
        altered.put("payee", new Parts(a.goal, a.step, a.tool, a.effect, a.sku, a.amount, "acmf", a.business, a.risk));
        altered.put("business", new Parts(a.goal, a.step, a.tool, a.effect, a.sku, a.amount, a.payee, "c", a.risk));
        altered.put(
                "risk", new Parts(a.goal, a.step, a.tool, a.effect, a.sku, a.amount, a.payee, a.business, Risk.HIGH));
        altered.forEach((field, parts) -> {
            approve("k-" + field);
            assertThat(judge(parts.action("k-" + field))).as(field).isInstanceOf(Verdict.Ask.class);
        });
    }

    @Test
    void noBitOfAmountOrArgumentMayDiffer() {
        Parts a = APPROVED;
        List<Parts> altered = new ArrayList<>();
        flips("743.00").stream()
                .filter(text -> text.matches("[0-9]+\\.[0-9]{2}"))
                // Another way to write the same sum is no other sum.
                .filter(text -> new BigDecimal(text).compareTo(new BigDecimal("743.00")) != 0)
                .forEach(amount -> altered.add(
                        new Parts(a.goal, a.step, a.tool, a.effect, a.sku, amount, a.payee, a.business, a.risk)));
        flips(SKU)
                .forEach(sku -> altered.add(
                        new Parts(a.goal, a.step, a.tool, a.effect, sku, a.amount, a.payee, a.business, a.risk)));
        assertThat(altered).hasSizeGreaterThan(50);
        for (int i = 0; i < altered.size(); i++) {
            approve("k" + i);
            Verdict verdict = judge(altered.get(i).action("k" + i));
            // A sum small enough passes by itself; what was approved plays no part then.
            boolean small = new BigDecimal(altered.get(i).amount).compareTo(BigDecimal.valueOf(500)) <= 0;
            if (!small) {
                assertThat(verdict).as(altered.get(i).toString()).isInstanceOf(Verdict.Ask.class);
            }
        }
    }

    @Test
    void whatCostsMoreThanWasApprovedTogetherWithOthersIsAskedAnew() {
        List<String> keys = List.of("one", "two", "three");
        keys.forEach(this::approve);
        assertThat(judge(APPROVED.action("one"))).isInstanceOf(Verdict.Allow.class);
        assertThat(judge(APPROVED.action("two"))).isInstanceOf(Verdict.Allow.class);
        Verdict third = judge(APPROVED.action("three"));
        assertThat(third).as("2,229 to one payee in a day need two people").isInstanceOf(Verdict.Ask.class);
        assertThat(((Verdict.Ask) third).approval().approvers()).isEqualTo(2);
    }

    /** Who waits for decisions about calls. */
    private static final class Waiting implements DecisionListener {
        @Override
        public String subjectKind() {
            return "call";
        }

        @Override
        public void decided(Tx tx, Approval approval) {}
    }

    /** The text with each of its bits changed in turn. */
    private static List<String> flips(String text) {
        List<String> flipped = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int bit = 0; bit < bytes.length * 7; bit++) {
            int at = bit / 7;
            int mask = 1 << bit % 7;
            UnaryOperator<byte[]> flip = copy -> {
                copy[at] ^= (byte) mask;
                return copy;
            };
            flipped.add(new String(flip.apply(bytes.clone()), StandardCharsets.US_ASCII));
        }
        return flipped;
    }
}
