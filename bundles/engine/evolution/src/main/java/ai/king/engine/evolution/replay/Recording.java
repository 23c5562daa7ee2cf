/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A step that was really worked on, with all it was told.
 *
 * @param task as its agent got it
 * @param calls with their answers
 */
public record Recording(Goal goal, Step step, Task task, List<Call> calls) {

    /** The latest ended steps of an agent, newest first. */
    public static List<Recording> latest(Reader reader, String agent, int most) {
        List<Recording> found = new ArrayList<>();
        List<Step> steps = reader.page(Query.of(Step.class)
                        .where("agent", agent)
                        .in("status", List.of(Step.Status.COMPLETED, Step.Status.FAILED))
                        .page(null, most))
                .items();
        for (Step step : steps) {
            reader.find(Goal.class, step.goalId())
                    .ifPresent(goal -> found.add(new Recording(
                            goal,
                            step,
                            task(reader, goal, step),
                            reader.list(Query.of(Call.class).where("stepId", step.id())))));
        }
        return found;
    }

    private static Task task(Reader reader, Goal goal, Step step) {
        Map<String, Map<String, Object>> results = new HashMap<>();
        if (!step.dependsOn().isEmpty()) {
            for (Step other : reader.list(Query.of(Step.class).where("goalId", goal.id()))) {
                if (step.dependsOn().contains(other.name()) && other.output() != null) {
                    results.put(other.name(), other.output());
                }
            }
        }
        return new Task(step.id(), step.action(), goal.text(), step.input(), results, goal.documents());
    }

    /** How it ended when it was real. */
    Optional<Outcome> outcome() {
        return switch (step.status()) {
            case COMPLETED -> Optional.of(new Outcome.Done(
                    Objects.requireNonNullElse(step.output(), Map.of()),
                    Objects.requireNonNullElse(step.report(), Report.none())));
            case FAILED -> Optional.of(new Outcome.Failed(Objects.requireNonNullElse(step.error(), ""), false));
            default -> Optional.empty();
        };
    }
}
