/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.business.Business;
import ai.king.business.Playbook;
import ai.king.business.PlaybookRun;
import ai.king.business.PlaybookRun.StageRun;
import ai.king.gate.Action;
import ai.king.gate.Risk;
import ai.king.gate.Verdict;
import ai.king.store.Actor;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import ai.king.work.Step;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stages of a playbook may spend. */
class PlaybookBudgetTest {

    private static final Actor AI = Actor.ai("finance");

    private final HeapStore store = new HeapStore();
    private final GateEngine gate = TestGate.over(store);

    @BeforeEach
    void run() {
        Playbook playbook = new Playbook("p", "p", "", BigDecimal.valueOf(150), List.of(), List.of());
        store.write(AI, tx -> {
            tx.record("test", "b", Map.of());
            tx.insert(new Business(
                    "b", "Shop", "shop", null, "USD", Business.Status.OPERATION, "p", null, tx.now(), tx.now(), 0));
            tx.insert(step("s1", "first"));
            tx.insert(step("s2", "second"));
            tx.insert(step("s3", "elsewhere"));
            return tx.insert(new PlaybookRun(
                    "r",
                    "b",
                    "p",
                    "00",
                    playbook,
                    PlaybookRun.Status.RUNNING,
                    1,
                    List.of(stage("look", 100, "first"), stage("build", 80, "second"), stage("sell", 10, null)),
                    Map.of(),
                    "pat",
                    null,
                    tx.now(),
                    null,
                    0));
        });
    }

    private static StageRun stage(String name, int budget, String goal) {
        return new StageRun(name, "RUNNING", BigDecimal.valueOf(budget), goal, null, null, null, List.of());
    }

    private static Step step(String id, String goal) {
        return new Step(
                id,
                goal,
                id,
                "commerce",
                "reorder",
                Map.of(),
                List.of(),
                1,
                "LOW",
                Step.Status.RUNNING,
                0,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                0);
    }

    private static Action pay(String step, String goal, String key, String amount) {
        return new Action(
                step + ":" + key + ":0",
                goal,
                step,
                "suppliers.purchase",
                "buys",
                Effect.SPEND,
                Map.of("amount", amount),
                Optional.of(Money.of(amount, "USD")),
                Optional.of("acme " + key),
                Optional.of("b"),
                Set.of(),
                Risk.LOW,
                false,
                "pat");
    }

    private String judged(Action action) {
        Verdict verdict = store.write(AI, tx -> {
            tx.record("test", action.callKey(), Map.of());
            return gate.judge(tx, action);
        });
        return verdict instanceof Verdict.Deny no
                ? no.reason()
                : verdict.getClass().getSimpleName();
    }

    @Test
    void aStageSpendsItsBudgetAndNoMore() {
        assertThat(judged(pay("s1", "first", "a", "60"))).isEqualTo("Allow");
        assertThat(judged(pay("s1", "first", "b", "40.01")))
                .isEqualTo("the stage look may spend 100, and 60 of it is spent");
        assertThat(((Verdict.Deny) gate.foresee(pay("s1", "first", "b", "40.01"))).reason())
                .contains("stage look");
        assertThat(judged(pay("s1", "first", "a", "60"))).isEqualTo("Allow");
        assertThat(judged(pay("s1", "first", "c", "40"))).isEqualTo("Allow");
    }

    @Test
    void allStagesTogetherSpendTheTotal() {
        assertThat(judged(pay("s1", "first", "a", "100"))).isEqualTo("Allow");
        assertThat(judged(pay("s2", "second", "a", "50.50")))
                .isEqualTo("the playbook p may spend 150, and 100 of it is spent");
        assertThat(judged(pay("s2", "second", "b", "50"))).isEqualTo("Allow");
    }

    @Test
    void whatDidNotHappenIsNotSpentAndOtherGoalsHaveNoSuchBudget() {
        Action first = pay("s1", "first", "a", "100");
        assertThat(judged(first)).isEqualTo("Allow");
        store.write(AI, tx -> {
            tx.record("test", "s1", Map.of());
            gate.release(tx, first.callKey());
            return tx;
        });
        assertThat(judged(pay("s1", "first", "b", "90"))).isEqualTo("Allow");
        assertThat(judged(pay("s3", "elsewhere", "a", "300"))).isEqualTo("Allow");
    }
}
