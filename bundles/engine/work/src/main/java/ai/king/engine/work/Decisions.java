/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.gate.Approval;
import ai.king.gate.DecisionListener;
import ai.king.store.Tx;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A decided approval of a call lets its step go again, or ends it. */
final class Decisions implements DecisionListener {

    private final Progress progress;
    private final GoalQueue queue;
    private final Runs runs;

    Decisions(Progress progress, GoalQueue queue, Runs runs) {
        this.progress = progress;
        this.queue = queue;
        this.runs = runs;
    }

    @Override
    public String subjectKind() {
        return "call";
    }

    @Override
    public void decided(Tx tx, Approval approval) {
        if (approval.goalId() == null) {
            return;
        }
        Goal goal = GoalRows.unchanged(tx, approval.goalId());
        List<Step> steps = new ArrayList<>(GoalRows.steps(tx, goal.id()));
        for (Step step : List.copyOf(steps)) {
            if (step.status() == Step.Status.WAITING_APPROVAL && approval.id().equals(step.approvalId())) {
                Step moved = edit(tx, approval, step).store(tx);
                steps.replaceAll(each -> each.id().equals(moved.id()) ? moved : each);
                boolean goesOn = moved.status() == Step.Status.READY;
                if (!goesOn) {
                    Replans.refused(tx, progress.store(), goal, moved);
                }
                Happenings.step(tx, goal, moved, goesOn ? "step.resumed" : Progress.type(moved));
            }
        }
        progress.settle(tx, goal, steps, goal);
        queue.wake(tx, goal.id());
        tx.afterCommit(() -> {
            FaultPoint.APPROVAL_RESUMED.hit();
            runs.wake(goal.id());
        });
    }

    private static StepEdit edit(Tx tx, Approval approval, Step step) {
        if (approval.status() == Approval.Status.APPROVED) {
            return StepEdit.of(step).to(Step.Status.READY);
        }
        String why = approval.title() + " was " + approval.status().name().toLowerCase(Locale.ROOT);
        return StepEdit.of(step).ended(Step.Status.FAILED, why, tx.now());
    }
}
