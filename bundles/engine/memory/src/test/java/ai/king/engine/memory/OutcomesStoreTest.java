/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import static ai.king.engine.memory.Setup.until;
import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Report;
import ai.king.agents.Memories;
import ai.king.engine.memory.Setup.HeapMemory;
import ai.king.engine.store.TestDatabase;
import ai.king.memory.Recalled;
import ai.king.store.Actor;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomesStoreTest {

    private static final Report REPORT = new Report(List.of(new Report.Section(
            "Result",
            List.of(
                    new Report.Figure("Revenue in August", "1280.50", "USD", List.of()),
                    new Report.Advice("Order more blue lamps", "they sell out", List.of())))));

    /** What the work engine writes when a goal ends. */
    private static void end(
            TestDatabase database, String id, @Nullable String business, Goal.Status status, boolean marked) {
        database.store().write(Actor.system("work"), tx -> {
            tx.insert(new Goal(
                    id,
                    "goal",
                    "How did the lamps sell in August?",
                    status,
                    "PLAYBOOK",
                    business,
                    null,
                    List.of(),
                    false,
                    null,
                    null,
                    status == Goal.Status.FAILED ? "no orders were imported" : null,
                    "pat",
                    false,
                    1,
                    tx.now(),
                    tx.now(),
                    0));
            Step step = tx.insert(step(id, marked));
            tx.record("goal." + status.name().toLowerCase(java.util.Locale.ROOT), id, Map.of());
            tx.enqueue(
                    "goal." + status.name().toLowerCase(java.util.Locale.ROOT),
                    Map.of("goalId", id, "status", status.name()),
                    business == null ? new String[] {"global"} : new String[] {"global", "business:" + business});
            return step;
        });
    }

    private static Step step(String goal, boolean marked) {
        return new Step(
                goal + "-s",
                goal,
                "sales",
                "analytics",
                "kpis",
                Map.of(),
                List.of(),
                1,
                "LOW",
                Step.Status.COMPLETED,
                1,
                null,
                List.of(),
                Map.of(),
                REPORT,
                null,
                null,
                null,
                marked,
                null,
                null,
                null,
                null,
                0);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aLaterGoalOfTheBusinessRecallsWhatAnEarlierOneCameTo(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            setup.plugs.put("heap", "g1", new HeapMemory(), Map.of());
            end(setup.database, "goal-1", "b-lamps", Goal.Status.COMPLETED, false);
            end(setup.database, "goal-2", "b-other", Goal.Status.FAILED, true);
            end(setup.database, "goal-3", null, Goal.Status.COMPLETED, false);
            MemoryEngine memories = setup.engine();
            String lamps = Memories.business("b-lamps");
            until(() -> memories.recall(lamps, "revenue of lamps in August", Map.of(), 3)
                            .size()
                    == 1);
            Recalled outcome = memories.recall(lamps, "revenue of lamps in August", Map.of("kind", "outcome"), 3)
                    .get(0);
            assertThat(outcome.entry().text())
                    .contains("How did the lamps sell in August?", "COMPLETED", "1280.50 USD", "Order more blue lamps");
            assertThat(outcome.entry().marked()).isFalse();
            String other = Memories.business("b-other");
            until(() -> memories.recent(other, Map.of(), 3).size() == 1);
            assertThat(memories.recent(other, Map.of("status", "FAILED"), 3)
                            .get(0)
                            .entry())
                    .matches(entry -> entry.marked() && entry.text().contains("no orders were imported"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void anOutcomeIsWrittenOnceWhoeverReadsTheEventsAgain(TestDatabase.Kind kind) throws Exception {
        try (Setup setup = new Setup(kind)) {
            end(setup.database, "goal-1", "b-lamps", Goal.Status.COMPLETED, false);
            String lamps = Memories.business("b-lamps");
            MemoryEngine first = setup.engine();
            until(() -> first.recent(lamps, Map.of(), 3).size() == 1);
            first.close();
            setup.database.store().write(Actor.system("test"), tx -> {
                tx.execute("memory_follower", "delete from memory_follower");
                tx.record("test.forgot", "x", Map.of());
                return tx;
            });
            MemoryEngine second = setup.engine();
            end(setup.database, "goal-2", "b-lamps", Goal.Status.COMPLETED, false);
            until(() -> second.recent(lamps, Map.of(), 5).size() == 2);
        }
    }
}
