/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Gate;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What people do to a goal that is under way: cancel it, let a step go again, say what became of a call. */
final class Interventions {

    private final Progress progress;
    private final Store store;
    private final GoalQueue queue;
    private final Runs runs;
    private final Watchers watchers;
    private final Gate gate;
    private final Approvals approvals;

    Interventions(Progress progress, GoalQueue queue, Runs runs, Watchers watchers, Gate gate, Approvals approvals) {
        this.progress = progress;
        this.store = progress.store();
        this.queue = queue;
        this.runs = runs;
        this.watchers = watchers;
        this.gate = gate;
        this.approvals = approvals;
    }

    /** Calls whose fate nobody knows. */
    static List<Call> unknown(Reader reader, String stepId) {
        return GoalRows.calls(reader, stepId).stream()
                .filter(call -> call.state() == Call.State.UNKNOWN)
                .toList();
    }

    Goal cancel(Actor by, String goalId) {
        return changed(by, goalId, (tx, goal) -> {
            if (goal.status() == Goal.Status.CANCELLED) {
                tx.record("goal.cancelled", goalId, Map.of("again", true));
                return goal;
            }
            if (goal.status().ended()) {
                throw new IllegalStateException("the goal is already " + goal.status());
            }
            for (Step step : GoalRows.steps(tx, goalId)) {
                if (!step.status().ended()) {
                    Optional.ofNullable(step.approvalId())
                            .ifPresent(id -> approvals.close(tx, id, "the goal was cancelled"));
                    Step cancelled = StepEdit.of(step)
                            .ended(Step.Status.CANCELLED, "cancelled", tx.now())
                            .store(tx);
                    Happenings.step(tx, goal, cancelled, "step.cancelled");
                }
            }
            Goal cancelled = GoalEdit.of(goal)
                    .ended(Goal.Status.CANCELLED, "cancelled by " + by.name(), tx.now())
                    .store(tx);
            Happenings.goal(tx, cancelled, "goal.cancelled");
            queue.removeIdle(tx, goalId);
            return cancelled;
        });
    }

    Goal retry(Actor by, String goalId, String stepId) {
        return changed(by, goalId, (tx, goal) -> {
            List<Step> steps = GoalRows.steps(tx, goalId);
            Step step = step(steps, stepId);
            if (goal.status() == Goal.Status.CANCELLED) {
                throw new IllegalStateException("the goal is cancelled");
            }
            if (step.status() != Step.Status.FAILED && step.status() != Step.Status.WAITING_INPUT) {
                throw new IllegalStateException(
                        "only a failed step or one that waits for input goes again, not one that is " + step.status());
            }
            if (rejected(tx, goalId, stepId)) {
                throw new IllegalStateException("a person rejected what this step asked for");
            }
            if (!unknown(tx, stepId).isEmpty()) {
                throw new IllegalStateException("the fate of a call of this step must be decided first");
            }
            if (step.agent().equals(Thinking.PERSON)) {
                return planAnew(tx, goal, step);
            }
            Progress.forgetReads(tx, stepId);
            Map<String, Step> moved = new LinkedHashMap<>();
            moved.put(stepId, StepEdit.of(step).afresh().store(tx));
            for (Step held : new Course(steps).dependants(step.name())) {
                if (held.status() == Step.Status.SKIPPED) {
                    moved.put(held.id(), StepEdit.of(held).pending().store(tx));
                }
            }
            moved.values().forEach(each -> Happenings.step(tx, goal, each, "step.retried"));
            return goesOn(tx, goal, Progress.replaced(steps, moved.values()));
        });
    }

    private Goal planAnew(Tx tx, Goal goal, Step step) {
        tx.delete(Step.class, step.id());
        Goal received = GoalEdit.of(goal).to(Goal.Status.RECEIVED).store(tx);
        Happenings.goal(tx, received, "goal.received");
        queue.wakeAgain(tx, goal.id());
        return received;
    }

    private static boolean rejected(Tx tx, String goalId, String stepId) {
        return tx
                .list(Query.of(Approval.class).where("goalId", goalId).where("status", Approval.Status.REJECTED))
                .stream()
                .anyMatch(approval -> approval.subject().startsWith(stepId + ":"));
    }

    Goal settle(
            Actor by,
            String goalId,
            String stepId,
            String callId,
            boolean happened,
            Optional<Map<String, Object>> result,
            String notes) {
        return changed(by, goalId, (tx, goal) -> {
            List<Step> steps = GoalRows.steps(tx, goalId);
            Step step = step(steps, stepId);
            Call call = unknown(tx, stepId).stream()
                    .filter(each -> each.id().equals(callId))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no call " + callId + " of this step is unknown"));
            Call settled = happened
                    ? CallEdit.done(call, Map.of("data", result.orElse(Map.of())), tx.now())
                    : CallEdit.notDone(call, null, tx.now());
            tx.update(settled);
            if (!happened) {
                gate.release(tx, call.idempotencyKey());
            }
            tx.record(
                    "call.settled",
                    call.idempotencyKey(),
                    Map.of("goalId", goalId, "happened", happened, "notes", notes.length()));
            boolean more = unknown(tx, stepId).size() > 0;
            if (goal.status().ended() || more || step.status() != Step.Status.WAITING_INPUT) {
                return goal;
            }
            Step moved = StepEdit.of(step).to(Step.Status.READY).store(tx);
            Happenings.step(tx, goal, moved, "step.resumed");
            return goesOn(tx, goal, Progress.replaced(steps, List.of(moved)));
        });
    }

    private Goal goesOn(Tx tx, Goal goal, List<Step> steps) {
        Goal running = goal;
        if (goal.status().ended()) {
            running = GoalEdit.of(goal).to(Goal.Status.RUNNING).store(tx);
            Happenings.goal(tx, running, "goal.running");
        }
        Progress.Settled settled = progress.settle(tx, running, steps, running);
        queue.wakeAgain(tx, goal.id());
        return settled.goal();
    }

    private static Step step(List<Step> steps, String stepId) {
        return steps.stream()
                .filter(each -> each.id().equals(stepId))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("the goal has no step " + stepId));
    }

    private interface Change {
        Goal apply(Tx tx, Goal goal);
    }

    private Goal changed(Actor by, String goalId, Change change) {
        Goal goal = store.write(by, tx -> change.apply(tx, GoalRows.locked(tx, goalId)));
        runs.wake(goalId);
        watchers.signal(goalId);
        return goal;
    }
}
