/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.brain.Plan;
import ai.king.store.Actor;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How goals and steps move on. Every move locks the goal's row first and checks the fence, so moves of one goal never cross. */
final class Progress {

    static final Actor ACTOR = Actor.system("work");

    /** Where a goal has not ended. */
    static final List<Goal.Status> GOING =
            Stream.of(Goal.Status.values()).filter(status -> !status.ended()).toList();

    private static final Duration LOOK_AGAIN = Duration.ofDays(1);

    private final Store store;
    private final GoalQueue queue;
    private final Settlement settlement;

    Progress(Store store, GoalQueue queue, Watchers watchers) {
        this.store = store;
        this.queue = queue;
        this.settlement = new Settlement(watchers);
    }

    Store store() {
        return store;
    }

    Instant now() {
        return store.clock().instant();
    }

    List<Step> steps(String goalId) {
        return store.read(reader -> GoalRows.steps(reader, goalId));
    }

    /** Raises the fence and puts back what another run left under way; empty when the goal has ended. */
    Optional<Goal> take(String goalId) {
        return store.write(ACTOR, tx -> {
            Goal goal = GoalRows.locked(tx, goalId);
            if (goal.status().ended()) {
                queue.remove(tx, goalId);
                tx.record("goal.closed", goalId, Map.of("status", goal.status().name()));
                return Optional.empty();
            }
            Goal taken = GoalEdit.of(goal).taken().store(tx);
            tx.record("goal.taken", goalId, Map.of("fence", taken.fence()));
            putBack(tx, taken, "step.recovered");
            return Optional.of(taken);
        });
    }

    /** Steps that are RUNNING though nobody is at them go again; all steps then. */
    private static List<Step> putBack(Tx tx, Goal goal, String told) {
        List<Step> steps = new ArrayList<>();
        for (Step step : GoalRows.steps(tx, goal.id())) {
            if (step.status() == Step.Status.RUNNING) {
                steps.add(StepEdit.of(step).to(Step.Status.READY).store(tx));
                tx.record(told, step.id(), Map.of("goalId", goal.id(), "fence", goal.fence()));
            } else {
                steps.add(step);
            }
        }
        return steps;
    }

    /** Stores intent and steps. */
    Goal plan(Goal mine, Thinking.Thought thought) {
        return told(store.write(ACTOR, tx -> {
                    Goal goal = GoalRows.guard(tx, mine);
                    if (goal.status() != Goal.Status.RECEIVED) {
                        tx.record("goal.kept", goal.id(), Map.of());
                        return new Settled(goal, List.of());
                    }
                    Goal planned = GoalEdit.of(goal)
                            .planned(thought.mode(), thought.intent(), thought.rationale())
                            .row();
                    List<Step> steps = thought.steps(goal, store::newId);
                    steps.forEach(tx::insert);
                    thought.models().forEach(each -> each.store(tx, store, goal));
                    Happenings.goal(tx, planned, "goal.planned");
                    return settlement.settle(tx, planned, steps, goal);
                }))
                .goal();
    }

    /** A goal and the step of it that was made RUNNING, as they are stored. */
    record Claimed(Goal goal, Step step) {}

    /**
     * Makes a step RUNNING; empty when the goal has ended meanwhile.
     *
     * @param marked whether what it builds on came from outside
     */
    Optional<Claimed> claim(Goal mine, Step step, boolean marked) {
        return store.write(ACTOR, tx -> {
            Goal goal = GoalRows.guard(tx, mine);
            if (goal.status().ended()) {
                tx.record("step.kept", step.id(), Map.of("goalId", goal.id()));
                return Optional.empty();
            }
            Step running = StepEdit.of(step).started(tx.now()).marked(marked).store(tx);
            if (goal.status() != Goal.Status.RUNNING) {
                goal = GoalEdit.of(goal).to(Goal.Status.RUNNING).store(tx);
            }
            Happenings.step(tx, goal, running, "step.started");
            return Optional.of(new Claimed(goal, running));
        });
    }

    /**
     * The goal and all its steps after one ended, and the next one when it was claimed with that.
     *
     * @param over whether the goal ended with it and is in the queue no more
     */
    record Moved(Goal goal, List<Step> steps, Optional<Step> next, boolean over) {}

    /**
     * Ends or parks a running step and draws the consequences. In a chain the next step is claimed in the same transaction:
     * that saves a commit, and nothing can come between.
     *
     * @param follow picks the step to go on with
     */
    Moved end(
            Goal mine,
            Step running,
            List<Step> others,
            Function<Tx, StepEdit> edit,
            Function<List<Step>, Optional<Step>> follow) {
        try {
            return end(tx -> GoalRows.required(tx, mine), running, others, edit, follow);
        } catch (StaleRow e) {
            // The goal has moved on since it was read: once more with its row locked.
            return end(tx -> GoalRows.guard(tx, mine), running, others, edit, follow);
        }
    }

    private Moved end(
            Function<Tx, Goal> goalOf,
            Step running,
            List<Step> others,
            Function<Tx, StepEdit> edit,
            Function<List<Step>, Optional<Step>> follow) {
        Moved moved = store.write(ACTOR, tx -> {
            Goal goal = goalOf.apply(tx);
            Step before =
                    goal.status().ended() ? tx.find(Step.class, running.id()).orElseThrow() : running;
            if (before.status() != Step.Status.RUNNING) {
                tx.record("step.kept", running.id(), Map.of("goalId", goal.id()));
                return new Moved(goal, GoalRows.steps(tx, goal.id()), Optional.empty(), false);
            }
            Step ended = edit.apply(tx).store(tx);
            if (ended.status() == Step.Status.READY) {
                forgetReads(tx, ended.id());
            }
            Happenings.step(tx, goal, ended, type(ended));
            List<Step> all = replaced(others, List.of(ended));
            Settled now = Replans.of(tx, goal, all).isPresent()
                    ? new Settled(goal, all)
                    : settlement.settle(tx, goal, all, goal);
            boolean over = now.goal().status().ended();
            if (over) {
                queue.remove(tx, goal.id());
            }
            Optional<Step> next = now.goal().status() == Goal.Status.RUNNING
                    ? follow.apply(now.steps()).map(step -> follow(tx, goal, now.steps(), step))
                    : Optional.empty();
            return new Moved(now.goal(), replaced(now.steps(), next.stream().toList()), next, over);
        });
        told(new Settled(moved.goal(), moved.steps()));
        return moved;
    }

    private static Step follow(Tx tx, Goal goal, List<Step> steps, Step step) {
        boolean marked = inheritsMark(steps, step);
        Step started = StepEdit.of(step).started(tx.now()).marked(marked).store(tx);
        Happenings.step(tx, goal, started, "step.started");
        return started;
    }

    /** Whether what a step builds on came from outside. */
    static boolean inheritsMark(List<Step> steps, Step step) {
        for (Step other : steps) {
            if (other.marked() && step.dependsOn().contains(other.name())) {
                return true;
            }
        }
        return false;
    }

    /** Another attempt reads anew; what had an effect stays recorded. */
    static void forgetReads(Tx tx, String stepId) {
        for (Call call : GoalRows.calls(tx, stepId)) {
            boolean answered = call.state() == Call.State.NOT_DONE && call.result() != null;
            boolean replan = call.tool().equals(Replans.TOOL);
            if (!replan && (!call.effect() || answered)) {
                tx.delete(Call.class, call.id());
            }
        }
    }

    /** Why the goal should be planned anew now, if it should. */
    Optional<Replans.Trouble> trouble(Goal mine) {
        return store.read(reader -> Replans.of(reader, mine, GoalRows.steps(reader, mine.id())));
    }

    /**
     * Stores what came of planning anew: the steps of the plan in place of those in trouble, or, without a plan, what follows
     * from the trouble.
     */
    Settled planAnew(Goal mine, Replans.Trouble trouble, Optional<Plan> plan, Thoughts models) {
        return told(store.write(ACTOR, tx -> {
            Goal goal = GoalRows.guard(tx, mine);
            List<Step> steps = GoalRows.steps(tx, goal.id());
            if (goal.status().ended() || !steps.equals(trouble.all())) {
                tx.record("goal.kept", goal.id(), Map.of());
                return new Settled(goal, steps);
            }
            Replans.note(tx, store, goal, trouble);
            models.store(tx, store, goal);
            if (plan.isEmpty()) {
                tx.record("goal.not_replanned", goal.id(), Map.of("nth", trouble.nth()));
                return settlement.settle(tx, goal, steps, goal);
            }
            Goal planned = GoalEdit.of(goal)
                    .rationale(Replans.rationale(goal, trouble, plan.get()))
                    .row();
            List<Step> now = Replans.replace(tx, store, goal, trouble, plan.get());
            Happenings.goal(tx, planned, "goal.replanned");
            return settlement.settle(tx, planned, now, goal);
        }));
    }

    /** Leaves the goal, when nothing can go on now; false when something can. */
    boolean leave(Goal mine, boolean idle) {
        return store.write(ACTOR, tx -> {
            Goal goal = GoalRows.guard(tx, mine);
            if (!goal.status().ended()) {
                List<Step> steps = putBack(tx, goal, "step.orphaned");
                boolean owed = Replans.of(tx, goal, steps).isPresent();
                Settled settled = owed ? new Settled(goal, steps) : settlement.settle(tx, goal, steps, goal);
                Course course = new Course(settled.steps());
                if (!idle && (owed || !course.runnable(tx.now()).isEmpty())) {
                    tx.record("goal.resumed", goal.id(), Map.of("fence", goal.fence()));
                    return false;
                }
                goal = settled.goal();
                if (!goal.status().ended()) {
                    Instant until = idle
                            ? tx.now().plusMillis(500)
                            : course.next().orElse(tx.now().plus(LOOK_AGAIN));
                    queue.leave(tx, goal.id(), until);
                }
            }
            if (goal.status().ended()) {
                queue.remove(tx, goal.id());
            }
            tx.record("goal.left", goal.id(), Map.of("status", goal.status().name()));
            return true;
        });
    }

    /** A goal and its steps after a move. */
    record Settled(Goal goal, List<Step> steps) {}

    /** The steps with those in the place of theirs that have changed. */
    static List<Step> replaced(List<Step> steps, Collection<Step> changed) {
        List<Step> now = new ArrayList<>(steps);
        for (Step step : changed) {
            now.replaceAll(each -> each.id().equals(step.id()) ? step : each);
        }
        return List.copyOf(now);
    }

    static String type(Step step) {
        return step.status() == Step.Status.READY
                ? "step.retrying"
                : "step." + step.status().name().toLowerCase(Locale.ROOT);
    }

    /** Draws what follows from the steps in a transaction of somebody else's. */
    Settled settle(Tx tx, Goal goal, List<Step> steps, Goal stored) {
        return settlement.settle(tx, goal, steps, stored);
    }

    private Settled told(Settled settled) {
        if (settled.goal().status().ended()) {
            FaultPoint.GOAL_ENDED.hit();
        }
        return settled;
    }
}
