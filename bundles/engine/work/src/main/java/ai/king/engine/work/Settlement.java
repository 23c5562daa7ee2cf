/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.Tx;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What follows from how the steps of a goal stand. */
final class Settlement {

    private final Watchers watchers;

    Settlement(Watchers watchers) {
        this.watchers = watchers;
    }

    /** Draws what follows from the steps: what never starts, and where the goal stands. */
    Progress.Settled settle(Tx tx, Goal goal, List<Step> steps, Goal stored) {
        List<Step> now = new ArrayList<>(steps);
        for (Step step : new Course(now).waitedInVain(tx.now())) {
            String why = "waited in vain for: " + String.join(", ", step.missing());
            change(tx, goal, now, step, edit -> edit.ended(Step.Status.FAILED, why, tx.now()));
        }
        new Course(now).heldBack().forEach((step, blocker) -> {
            String why = "not done, because " + blocker + " was not";
            change(tx, goal, now, step, edit -> edit.ended(Step.Status.SKIPPED, why, tx.now()));
        });
        Course course = new Course(now);
        Goal.Status status = course.status();
        if (goal.status() == Goal.Status.PLANNED && status == Goal.Status.RUNNING) {
            status = Goal.Status.PLANNED;
        }
        if (goal.status().ended() || status == stored.status()) {
            return new Progress.Settled(goal == stored ? goal : tx.update(stored, goal), List.copyOf(now));
        }
        String why = status == Goal.Status.FAILED ? course.failure().orElse("failed") : null;
        GoalEdit edit = GoalEdit.of(goal);
        Goal moved = tx.update(stored, (status.ended() ? edit.ended(status, why, tx.now()) : edit.to(status)).row());
        if (status == Goal.Status.PLANNED) {
            return new Progress.Settled(moved, List.copyOf(now));
        }
        Happenings.goal(tx, moved, "goal." + status.name().toLowerCase(Locale.ROOT));
        List<Step> all = List.copyOf(now);
        tx.afterCommit(() -> watchers.signal(moved, all));
        return new Progress.Settled(moved, all);
    }

    private static void change(Tx tx, Goal goal, List<Step> steps, Step step, UnaryOperator<StepEdit> edit) {
        Step changed = edit.apply(StepEdit.of(step)).store(tx);
        Happenings.step(tx, goal, changed, Progress.type(changed));
        steps.replaceAll(each -> each.id().equals(changed.id()) ? changed : each);
    }
}
