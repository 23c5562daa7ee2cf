/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.agent.Report;
import ai.king.brain.Intent;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.ModelUse;
import ai.king.work.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A goal as the API shows it; lists leave plan and report out. */
public record GoalView(
        String id,
        String text,
        String status,
        @Nullable String mode,
        @Nullable Intent intent,
        @Nullable PlanView plan,
        @Nullable Report report,
        @Nullable List<ModelUseView> models,
        @Nullable String error,
        @Nullable String businessId,
        @Nullable String riskProfile,
        List<String> documents,
        boolean dryRun,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant finishedAt,
        Links links) {

    /** The plan of a goal. */
    public record PlanView(String id, @Nullable String rationale, List<StepView> steps) {}

    /** A step of a plan. */
    public record StepView(
            String id,
            String name,
            String agent,
            String action,
            List<String> dependsOn,
            String status,
            int attempts,
            String risk,
            @Nullable String approvalId,
            List<String> missing,
            List<UnknownCall> unknown,
            @Nullable Map<String, Object> output,
            @Nullable String error,
            @Nullable String agentVersion,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /** What the goal took of a model for its intent, its plan or a step; without a cost where no price is configured. */
    public record ModelUseView(
            String purpose,
            String backend,
            String model,
            long calls,
            long promptTokens,
            long completionTokens,
            @Nullable Cash cost) {
        static ModelUseView of(ModelUse use) {
            return new ModelUseView(
                    use.purpose(),
                    use.backend(),
                    use.model(),
                    use.calls(),
                    use.promptTokens(),
                    use.completionTokens(),
                    use.cost().map(Cash::of).orElse(null));
        }
    }

    /** A call whose fate a person must decide. */
    public record UnknownCall(String callId, String tool, Map<String, Object> arguments, Instant at) {}

    /** Where to go from here. */
    public record Links(String self, String events, String report) {
        static Links of(String goalId) {
            String self = ApiServlet.BASE + "/goals/" + goalId;
            return new Links(self, self + "/events", self + "/report");
        }
    }

    static GoalView brief(Goal goal) {
        return of(goal, null, null, null);
    }

    /** The goal with its steps, and the report once there is one. */
    static GoalView full(
            Goal goal, List<Step> steps, Report report, List<ModelUse> models, Function<Step, List<Call>> unknown) {
        PlanView plan = steps.isEmpty()
                ? null
                : new PlanView(
                        goal.id(),
                        goal.rationale(),
                        steps.stream().map(step -> view(step, unknown)).toList());
        return of(
                goal,
                plan,
                report.sections().isEmpty() ? null : report,
                models.stream().map(ModelUseView::of).toList());
    }

    private static GoalView of(
            Goal goal, @Nullable PlanView plan, @Nullable Report report, @Nullable List<ModelUseView> models) {
        return new GoalView(
                goal.id(),
                goal.text(),
                goal.status().name(),
                goal.mode(),
                goal.intent(),
                plan,
                report,
                models,
                goal.error(),
                goal.businessId(),
                goal.riskProfile(),
                goal.documents(),
                goal.dryRun(),
                goal.requestedBy(),
                goal.createdAt(),
                goal.finishedAt(),
                Links.of(goal.id()));
    }

    private static StepView view(Step step, Function<Step, List<Call>> unknown) {
        return new StepView(
                step.id(),
                step.name(),
                step.agent(),
                step.action(),
                step.dependsOn(),
                step.status().name(),
                step.attempts(),
                step.risk(),
                step.approvalId(),
                step.missing(),
                unknown.apply(step).stream()
                        .map(call -> new UnknownCall(call.id(), call.tool(), call.arguments(), call.startedAt()))
                        .toList(),
                step.output(),
                step.error(),
                step.agentVersion(),
                step.startedAt(),
                step.finishedAt());
    }
}
