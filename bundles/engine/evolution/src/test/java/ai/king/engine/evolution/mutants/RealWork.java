/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import ai.king.agent.Agent;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.agents.Agents.Performed;
import ai.king.agents.Rehearsals;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.kit.FakeContext;
import ai.king.store.Actor;
import ai.king.tool.Effect;
import ai.king.tool.ToolSpec;
import ai.king.work.Goal;
import ai.king.work.Journal;
import ai.king.work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Work that the references did before any mutant came, and their surroundings to do it in once more. */
final class RealWork implements Rehearsals {

    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final int STEPS = 12;
    private static final ToolSpec FETCH = ToolSpec.of(
            "web.fetch",
            "Reads a page",
            "{\"type\":\"object\",\"properties\":{\"url\":{\"type\":\"string\"}}}",
            Effect.READ);

    private final List<Reference> references;

    RealWork(List<Reference> references) {
        this.references = references;
    }

    /** Steps that ended, as the store holds them. */
    void store(FakeStore store) {
        for (Reference one : references) {
            for (int i = 0; i < STEPS; i++) {
                String id = one.agent() + "-" + i;
                Task task = one.task("recorded goal " + i);
                store.write(Actor.system("test"), tx -> {
                    tx.insert(goal(id, task.goal()));
                    tx.insert(step(id, one.agent(), task));
                    tx.record("test.recorded", id, Map.of());
                    return id;
                });
            }
        }
    }

    private static Goal goal(String id, String text) {
        return new Goal(
                id,
                "task",
                text,
                Goal.Status.COMPLETED,
                null,
                null,
                null,
                List.of(),
                false,
                null,
                null,
                null,
                "ada",
                false,
                1,
                THEN,
                THEN,
                0);
    }

    private static Step step(String id, String agent, Task task) {
        return new Step(
                id,
                id,
                "only",
                agent,
                task.action(),
                task.input(),
                List.of(),
                5,
                "LOW",
                Step.Status.COMPLETED,
                1,
                null,
                List.of(),
                Map.of(),
                Report.none(),
                null,
                "first",
                "1.0.0",
                false,
                null,
                null,
                THEN,
                THEN,
                0);
    }

    /** With the context of the reference; the one tool that it offers asks the record, so nothing can happen. */
    @Override
    public Performed rehearse(Agent agent, Task task, Journal journal, Duration deadline) {
        Reference of = references.stream()
                .filter(one -> one.agent().equals(journal.step().agent()))
                .findFirst()
                .orElseThrow();
        FakeContext context = of.context().get().with(FETCH, arguments -> {
            journal.open(FETCH.name(), arguments, Optional.empty(), "");
            throw new IllegalStateException("nothing is recorded of " + FETCH.name());
        });
        ai.king.agent.Outcome outcome;
        try {
            outcome = agent.perform(task, context);
        } catch (Journal.Fenced asked) {
            throw asked;
        } catch (RuntimeException | LinkageError e) {
            outcome = new ai.king.agent.Outcome.Failed(String.valueOf(e), false);
        }
        context.notes().forEach(journal::note);
        return new Performed.Ended(outcome, "", "");
    }
}
