/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.brain.Plan;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal.Fenced;
import ai.king.work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
    private final Watchers watchers;

    Progress(Store store, GoalQueue queue, Watchers watchers) {
        this.store = store;
        this.queue = queue;
        this.watchers = watchers;
    }

    Store store() {
        return store;
    }

    Instant now() {
        return store.clock().instant();
    }

    /** The goal's row, locked; throws {@link Fenced} when it is no longer this worker's. */
    static Goal guard(Tx tx, Goal mine) {
        Goal goal = locked(tx, mine.id());
        if (goal.fence() != mine.fence()) {
            throw new Fenced("goal " + mine.id() + " was taken by another node");
        }
        return goal;
    }

    static Goal locked(Tx tx, String goalId) {
        return tx.lock(Goal.class, goalId).orElseThrow(() -> new NoSuchElementException("there is no goal " + goalId));
    }

    /** The goal as it is now; the transaction ends with {@link StaleRow} when it is another by its end. */
    static Goal unchanged(Tx tx, String goalId) {
        Goal goal =
                tx.find(Goal.class, goalId).orElseThrow(() -> new NoSuchElementException("there is no goal " + goalId));
        return required(tx, goal);
    }

    static List<Step> steps(Reader reader, String goalId) {
        return reader.list(Query.of(Step.class).where("goalId", goalId)).stream()
                .sorted(Comparator.comparing(Step::id))
                .toList();
    }

    static List<Call> calls(Reader reader, String stepId) {
        return reader.list(Query.of(Call.class).where("stepId", stepId));
    }

    List<Step> steps(String goalId) {
        return store.read(reader -> steps(reader, goalId));
    }

    /** Raises the fence and puts back what another run left under way; empty when the goal has ended. */
    Optional<Goal> take(String goalId) {
        return store.write(ACTOR, tx -> {
            Goal goal = locked(tx, goalId);
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
        for (Step step : steps(tx, goal.id())) {
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
                    Goal goal = guard(tx, mine);
                    if (goal.status() != Goal.Status.RECEIVED) {
                        tx.record("goal.kept", goal.id(), Map.of());
                        return new Settled(goal, List.of());
                    }
                    Goal planned = GoalEdit.of(goal)
                            .planned(thought.mode(), thought.intent(), thought.rationale())
                            .row();
                    List<Step> steps = thought.steps(goal, store::newId);
                    steps.forEach(tx::insert);
                    Happenings.goal(tx, planned, "goal.planned");
                    return settle(tx, planned, steps, goal);
                }))
                .goal();
    }

    /**
     * Makes a step RUNNING; empty when the goal has ended meanwhile.
     *
     * @param marked whether what it builds on came from outside
     */
    Optional<Step> claim(Goal mine, Step step, boolean marked) {
        return store.write(ACTOR, tx -> {
            Goal goal = guard(tx, mine);
            if (goal.status().ended()) {
                tx.record("step.kept", step.id(), Map.of("goalId", goal.id()));
                return Optional.empty();
            }
            Step running = StepEdit.of(step).started(tx.now()).marked(marked).store(tx);
            if (goal.status() != Goal.Status.RUNNING) {
                GoalEdit.of(goal).to(Goal.Status.RUNNING).store(tx);
                tx.afterCommit(watchers::signal);
            }
            Happenings.step(tx, goal, running, "step.started");
            return Optional.of(running);
        });
    }

    /** The goal and all its steps after one ended, and the next one when it was claimed with that. */
    record Moved(Goal goal, List<Step> steps, Optional<Step> next) {}

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
            return end(tx -> required(tx, mine), running, others, edit, follow);
        } catch (StaleRow e) {
            // The goal has moved on since it was read: once more with its row locked.
            return end(tx -> guard(tx, mine), running, others, edit, follow);
        }
    }

    /** The goal as it was last read, stored upon only if it is still that. */
    private static Goal required(Tx tx, Goal known) {
        tx.require(Goal.class, known.id(), Map.of("fence", known.fence(), "version", known.version()));
        return known;
    }

    private Moved end(
            Function<Tx, Goal> goalOf,
            Step running,
            List<Step> others,
            Function<Tx, StepEdit> edit,
            Function<List<Step>, Optional<Step>> follow) {
        List<Step> next = new ArrayList<>();
        Settled settled = told(store.write(ACTOR, tx -> {
            next.clear();
            Goal goal = goalOf.apply(tx);
            Step before =
                    goal.status().ended() ? tx.find(Step.class, running.id()).orElseThrow() : running;
            if (before.status() != Step.Status.RUNNING) {
                tx.record("step.kept", running.id(), Map.of("goalId", goal.id()));
                return new Settled(goal, steps(tx, goal.id()));
            }
            Step ended = edit.apply(tx).store(tx);
            if (ended.status() == Step.Status.READY) {
                forgetReads(tx, ended.id());
            }
            Happenings.step(tx, goal, ended, type(ended));
            List<Step> all = replaced(others, List.of(ended));
            Settled now = Replans.of(tx, goal, all).isPresent() ? new Settled(goal, all) : settle(tx, goal, all, goal);
            if (now.goal().status() == Goal.Status.RUNNING) {
                follow.apply(now.steps()).ifPresent(step -> next.add(follow(tx, goal, now.steps(), step)));
            }
            return new Settled(now.goal(), replaced(now.steps(), next));
        }));
        return new Moved(settled.goal(), settled.steps(), next.stream().findFirst());
    }

    private static Step follow(Tx tx, Goal goal, List<Step> steps, Step step) {
        boolean marked = inheritsMark(steps, step);
        Step started = StepEdit.of(step).started(tx.now()).marked(marked).store(tx);
        Happenings.step(tx, goal, started, "step.started");
        return started;
    }

    /** Whether what a step builds on came from outside. */
    static boolean inheritsMark(List<Step> steps, Step step) {
        return steps.stream()
                .anyMatch(other -> other.marked() && step.dependsOn().contains(other.name()));
    }

    /** Another attempt reads anew; what had an effect stays recorded. */
    static void forgetReads(Tx tx, String stepId) {
        for (Call call : calls(tx, stepId)) {
            boolean answered = call.state() == Call.State.NOT_DONE && call.result() != null;
            boolean replan = call.tool().equals(Replans.TOOL);
            if (!replan && (!call.effect() || answered)) {
                tx.delete(Call.class, call.id());
            }
        }
    }

    /** Why the goal should be planned anew now, if it should. */
    Optional<Replans.Trouble> trouble(Goal mine) {
        return store.read(reader -> Replans.of(reader, mine, steps(reader, mine.id())));
    }

    /**
     * Stores what came of planning anew: the steps of the plan in place of those in trouble, or, without a plan, what follows
     * from the trouble.
     */
    Settled planAnew(Goal mine, Replans.Trouble trouble, Optional<Plan> plan) {
        return told(store.write(ACTOR, tx -> {
            Goal goal = guard(tx, mine);
            List<Step> steps = steps(tx, goal.id());
            if (goal.status().ended() || !steps.equals(trouble.all())) {
                tx.record("goal.kept", goal.id(), Map.of());
                return new Settled(goal, steps);
            }
            Replans.note(tx, store, goal, trouble);
            if (plan.isEmpty()) {
                tx.record("goal.not_replanned", goal.id(), Map.of("nth", trouble.nth()));
                return settle(tx, goal, steps, goal);
            }
            Goal planned = GoalEdit.of(goal)
                    .rationale(Replans.rationale(goal, trouble, plan.get()))
                    .row();
            List<Step> now = Replans.replace(tx, store, goal, trouble, plan.get());
            Happenings.goal(tx, planned, "goal.replanned");
            return settle(tx, planned, now, goal);
        }));
    }

    /** Leaves the goal, when nothing can go on now; false when something can. */
    boolean leave(Goal mine, boolean idle) {
        return store.write(ACTOR, tx -> {
            Goal goal = guard(tx, mine);
            if (!goal.status().ended()) {
                List<Step> steps = putBack(tx, goal, "step.orphaned");
                boolean owed = Replans.of(tx, goal, steps).isPresent();
                Settled settled = owed ? new Settled(goal, steps) : settle(tx, goal, steps, goal);
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

    /** Draws what follows from the steps: what never starts, and where the goal stands. */
    Settled settle(Tx tx, Goal goal, List<Step> steps, Goal stored) {
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
            return new Settled(goal == stored ? goal : tx.update(stored, goal), List.copyOf(now));
        }
        String why = status == Goal.Status.FAILED ? course.failure().orElse("failed") : null;
        GoalEdit edit = GoalEdit.of(goal);
        Goal moved = tx.update(stored, (status.ended() ? edit.ended(status, why, tx.now()) : edit.to(status)).row());
        if (status == Goal.Status.PLANNED) {
            return new Settled(moved, List.copyOf(now));
        }
        Happenings.goal(tx, moved, "goal." + status.name().toLowerCase(java.util.Locale.ROOT));
        tx.afterCommit(watchers::signal);
        return new Settled(moved, List.copyOf(now));
    }

    private static void change(Tx tx, Goal goal, List<Step> steps, Step step, UnaryOperator<StepEdit> edit) {
        Step changed = edit.apply(StepEdit.of(step)).store(tx);
        Happenings.step(tx, goal, changed, type(changed));
        steps.replaceAll(each -> each.id().equals(changed.id()) ? changed : each);
    }

    static List<Step> replaced(List<Step> steps, List<Step> changed) {
        Map<String, Step> byId = new HashMap<>();
        changed.forEach(step -> byId.put(step.id(), step));
        return steps.stream().map(step -> byId.getOrDefault(step.id(), step)).toList();
    }

    static String type(Step step) {
        return step.status() == Step.Status.READY
                ? "step.retrying"
                : "step." + step.status().name().toLowerCase(java.util.Locale.ROOT);
    }

    private Settled told(Settled settled) {
        if (settled.goal().status().ended()) {
            FaultPoint.GOAL_ENDED.hit();
        }
        return settled;
    }
}
