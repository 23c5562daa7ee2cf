/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.agent.Report;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a task stands.
 *
 * @param goalId fetches what comes later
 * @param outcome {@code DONE}, {@code DECLINED}, {@code FAILED}, {@code WAITING_APPROVAL}, or {@code RUNNING} while the
 *     agent is still at work
 */
public record TaskView(
        String goalId,
        String outcome,
        @Nullable Map<String, Object> data,
        @Nullable Report report,
        @Nullable String reason,
        @Nullable List<String> missing,
        @Nullable String approvalId,
        @Nullable String agentVersion) {

    /** Whether it never changes any more, so that the goal gives the same answer at any time. */
    boolean stays() {
        return outcome.equals("DONE");
    }

    static TaskView of(Goal goal, @Nullable Step step) {
        if (step == null) {
            boolean over = goal.status().ended();
            return new TaskView(goal.id(), over ? "FAILED" : "RUNNING", null, null, goal.error(), null, null, null);
        }
        Report report = step.report();
        String outcome = outcome(goal, step);
        return new TaskView(
                goal.id(),
                outcome,
                step.output(),
                report == null || report.sections().isEmpty() ? null : report,
                step.error() == null ? goal.error() : step.error(),
                outcome.equals("DECLINED") ? step.missing() : null,
                step.approvalId(),
                step.agentVersion());
    }

    private static String outcome(Goal goal, Step step) {
        return switch (step.status()) {
            case COMPLETED -> "DONE";
            case WAITING_INPUT -> "DECLINED";
            case WAITING_APPROVAL -> "WAITING_APPROVAL";
            case FAILED, SKIPPED, CANCELLED -> "FAILED";
            case PENDING, READY, RUNNING -> goal.status().ended() ? "FAILED" : "RUNNING";
        };
    }
}
