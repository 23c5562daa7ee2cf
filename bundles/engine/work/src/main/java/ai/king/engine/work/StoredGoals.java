/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Report;
import ai.king.brain.Intent;
import ai.king.brain.Plan;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Gate;
import ai.king.store.Actor;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Goals as people ask for them and act on them. */
final class StoredGoals implements Goals {

    private static final int LONGEST_TEXT = 20_000;
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Progress progress;
    private final Store store;
    private final GoalQueue queue;
    private final Runs runs;
    private final Watchers watchers;
    private final Gate gate;
    private final Approvals approvals;
    private final Predicate<String> business;
    private final Supplier<Set<String>> agents;

    /**
     * @param business whether there is a business of this id
     * @param agents the names of those that are there
     */
    StoredGoals(
            Progress progress,
            GoalQueue queue,
            Runs runs,
            Watchers watchers,
            Gate gate,
            Approvals approvals,
            Predicate<String> business,
            Supplier<Set<String>> agents) {
        this.progress = progress;
        this.store = progress.store();
        this.queue = queue;
        this.runs = runs;
        this.watchers = watchers;
        this.gate = gate;
        this.approvals = approvals;
        this.business = business;
        this.agents = agents;
    }

    @Override
    public Goal submit(Actor by, NewGoal asked) {
        check(asked.text(), asked.businessId());
        if (asked.riskProfile() != null
                && gate.profiles().stream().noneMatch(p -> p.name().equals(asked.riskProfile()))) {
            throw new IllegalArgumentException("there is no risk profile " + asked.riskProfile());
        }
        Goal stored = store.write(by, tx -> {
            Goal goal = tx.insert(goal(by, tx, "goal", asked, Goal.Status.RECEIVED));
            Happenings.goal(tx, goal, "goal.submitted");
            queue.add(tx, goal.id());
            return goal;
        });
        FaultPoint.GOAL_STORED.hit();
        return stored;
    }

    @Override
    public Goal submitTask(
            Actor by,
            String agent,
            String action,
            String text,
            Map<String, Object> input,
            @Nullable String businessId) {
        check(text, businessId);
        Plan.Step only = new Plan.Step("task", agent, action, input, List.of(), 1, "LOW");
        Goal stored = store.write(by, tx -> {
            NewGoal asked = new NewGoal(text, businessId, null, List.of(), false);
            Goal goal = tx.insert(goal(by, tx, "task", asked, Goal.Status.PLANNED));
            tx.insert(Thinking.step(goal.id(), only, store.newId()));
            Happenings.goal(tx, goal, "goal.submitted");
            queue.add(tx, goal.id());
            return goal;
        });
        FaultPoint.GOAL_STORED.hit();
        return stored;
    }

    @Override
    public Goal submitPlan(Actor by, NewGoal asked, List<Plan.Step> steps) {
        check(asked.text(), asked.businessId());
        PlanCheck.refusal(new Plan(steps, ""), agents.get()).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        Goal stored = store.write(by, tx -> {
            Goal goal = tx.insert(goal(by, tx, "goal", asked, Goal.Status.PLANNED));
            steps.forEach(step -> tx.insert(Thinking.step(goal.id(), step, store.newId())));
            Happenings.goal(tx, goal, "goal.submitted");
            queue.add(tx, goal.id());
            return goal;
        });
        FaultPoint.GOAL_STORED.hit();
        return stored;
    }

    private void check(String text, @Nullable String businessId) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a goal needs a text");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "a goal has at most " + LONGEST_TEXT + " characters, not " + text.length());
        }
        if (businessId != null && !business.test(businessId)) {
            throw new IllegalArgumentException("there is no business " + businessId);
        }
    }

    private Goal goal(Actor by, Tx tx, String kind, NewGoal asked, Goal.Status status) {
        boolean planned = status == Goal.Status.PLANNED;
        return new Goal(
                store.newId(),
                kind,
                asked.text(),
                status,
                planned ? "PLAYBOOK" : null,
                asked.businessId(),
                asked.riskProfile(),
                asked.documents(),
                asked.dryRun(),
                planned ? new Intent(Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 1) : null,
                null,
                null,
                by.name(),
                by.kind() == Actor.Kind.AI,
                0,
                tx.now(),
                null,
                0);
    }

    @Override
    public Goal await(String goalId, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = watchers.seen();
            Goal goal = known(goalId);
            long left = end - System.nanoTime();
            boolean waits = goal.status() == Goal.Status.WAITING_APPROVAL || goal.status() == Goal.Status.WAITING_INPUT;
            if (goal.status().ended()
                    || waits
                    || left <= 0
                    || Thread.currentThread().isInterrupted()) {
                return goal;
            }
            Duration patience = Duration.ofNanos(left);
            watchers.await(seen, patience.compareTo(PATIENCE) < 0 ? patience : PATIENCE);
        }
    }

    @Override
    public Optional<Goal> find(String id) {
        return store.read(reader -> reader.find(Goal.class, id));
    }

    private Goal known(String id) {
        return find(id).orElseThrow(() -> new NoSuchElementException("there is no goal " + id));
    }

    @Override
    public List<Step> steps(String goalId) {
        return progress.steps(goalId);
    }

    @Override
    public Report report(String goalId) {
        return store.read(reader -> JointReport.of(steps(goalId), id -> reader.find(Approval.class, id)));
    }

    @Override
    public List<Call> unknown(String stepId) {
        return store.read(reader -> unknown(reader, stepId));
    }

    private static List<Call> unknown(Reader reader, String stepId) {
        return Progress.calls(reader, stepId).stream()
                .filter(call -> call.state() == Call.State.UNKNOWN)
                .toList();
    }

    @Override
    public Page<Goal> page(
            Optional<Goal.Status> status, Optional<String> businessId, @Nullable String cursor, int limit) {
        Query<Goal> query = Query.of(Goal.class);
        query = status.isPresent() ? query.where("status", status.get()) : query;
        query = businessId.isPresent() ? query.where("businessId", businessId.get()) : query;
        Query<Goal> page = query.page(cursor, limit);
        return store.read(reader -> reader.page(page));
    }

    @Override
    public Goal cancel(Actor by, String goalId) {
        return changed(by, goalId, (tx, goal) -> {
            if (goal.status() == Goal.Status.CANCELLED) {
                tx.record("goal.cancelled", goalId, Map.of("again", true));
                return goal;
            }
            if (goal.status().ended()) {
                throw new IllegalStateException("the goal is already " + goal.status());
            }
            for (Step step : Progress.steps(tx, goalId)) {
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

    @Override
    public Goal retry(Actor by, String goalId, String stepId) {
        return changed(by, goalId, (tx, goal) -> {
            List<Step> steps = Progress.steps(tx, goalId);
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
            return goesOn(tx, goal, Progress.replaced(steps, List.copyOf(moved.values())));
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

    @Override
    public Goal settle(
            Actor by,
            String goalId,
            String stepId,
            String callId,
            boolean happened,
            Optional<Map<String, Object>> result,
            String notes) {
        return changed(by, goalId, (tx, goal) -> {
            List<Step> steps = Progress.steps(tx, goalId);
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
        Goal goal = store.write(by, tx -> change.apply(tx, Progress.locked(tx, goalId)));
        runs.wake(goalId);
        watchers.signal();
        return goal;
    }
}
