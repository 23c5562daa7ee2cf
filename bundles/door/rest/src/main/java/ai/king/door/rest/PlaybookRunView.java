/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.business.Playbook;
import ai.king.business.PlaybookRun;
import ai.king.business.PlaybookRun.StageRun;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run of a playbook as the API shows it, with the steps of all its stages. */
public record PlaybookRunView(
        String id,
        String businessId,
        String playbookId,
        String playbookSha256,
        String status,
        String stage,
        List<StageRun> stages,
        List<StepView> steps,
        Map<String, String> facts,
        String requestedBy,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /**
     * A step of the playbook and what became of it.
     *
     * @param stepId the step of the stage's goal; null before the stage has begun
     */
    public record StepView(
            String name,
            String stage,
            String agent,
            String action,
            List<String> dependsOn,
            String status,
            @Nullable String goalId,
            @Nullable String stepId,
            @Nullable String error) {}

    static PlaybookRunView of(PlaybookRun run, Goals goals) {
        List<StepView> steps = new ArrayList<>();
        for (int i = 0; i < run.stages().size(); i++) {
            StageRun stage = run.stages().get(i);
            String goalId = stage.goalId();
            Map<String, Step> done = goalId == null
                    ? Map.of()
                    : goals.steps(goalId).stream().collect(Collectors.toMap(Step::name, Function.identity()));
            for (Playbook.Step step : run.playbook().stages().get(i).steps()) {
                steps.add(view(step, stage, done.get(step.id())));
            }
        }
        return new PlaybookRunView(
                run.id(),
                run.businessId(),
                run.playbookId(),
                run.sha256(),
                run.status().name(),
                run.stages().get(run.stage()).name(),
                run.stages(),
                steps,
                run.facts(),
                run.requestedBy(),
                run.error(),
                run.createdAt(),
                run.finishedAt());
    }

    private static StepView view(Playbook.Step step, StageRun stage, @Nullable Step done) {
        String skipped = stage.status().equals("SKIPPED") ? "SKIPPED" : "PENDING";
        return new StepView(
                step.id(),
                stage.name(),
                step.agent(),
                step.action(),
                step.dependsOn(),
                done == null ? skipped : done.status().name(),
                stage.goalId(),
                done == null ? null : done.id(),
                done == null ? null : done.error());
    }
}
