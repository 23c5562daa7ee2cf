/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Task;
import ai.king.agents.Agents.Performed;
import ai.king.brain.Plan;
import ai.king.store.StaleRow;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal.Fenced;
import ai.king.work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One goal worked on by this node, from the moment it is taken until it ends or waits: starts steps, ends them, goes on. The
 * thread that performed a step ends it and goes on with the next of a chain itself; all state is guarded by the monitor.
 */
final class GoalRun {

    private static final Logger LOG = LoggerFactory.getLogger(GoalRun.class);

    /** A step and what its agent is asked. */
    private record Turn(StepJournal journal, Task task) {}

    /** Why to look again; the failure that ended a step's thread, if that is why. */
    private record Nudge(Optional<RuntimeException> failure) {}

    private static final Nudge LOOK = new Nudge(Optional.empty());

    private final Parts parts;
    private final String goalId;
    private final BlockingQueue<Nudge> nudges = new LinkedBlockingQueue<>();
    private final UnderWay active;
    private final AtomicBoolean led = new AtomicBoolean();
    private List<Step> steps = List.of();
    private volatile @Nullable Mine begun;
    private volatile boolean over;
    private volatile boolean stopping;

    GoalRun(Parts parts, String goalId) {
        this.parts = parts;
        this.goalId = goalId;
        this.active = new UnderWay(parts.workers());
    }

    String goalId() {
        return goalId;
    }

    /** Something about this goal changed in the store. */
    void wake() {
        nudges.add(LOOK);
    }

    /** The node goes down: no further step starts here. */
    void stop() {
        stopping = true;
        wake();
    }

    /** Works until the goal ends, waits, or is another node's. */
    void run() {
        Optional<Goal> taken = parts.progress().take(goalId);
        if (taken.isEmpty()) {
            return;
        }
        FaultPoint.GOAL_TAKEN.hit();
        Mine mine = new Mine(taken.get());
        lead(() -> {
            think(mine);
            steps = parts.progress().steps(goalId);
            work(mine);
        });
    }

    /**
     * Performs the only step of a task that is stored as taken, on this thread, and leads it to where this node leaves it
     * unless another thread does by then; whether this one did.
     *
     * @param ready the step before it was started
     */
    boolean begin(Goal goal, Step ready, Step started) {
        Mine mine = new Mine(goal);
        perform(mine, first(mine, ready, started));
        return lead();
    }

    private synchronized Turn first(Mine mine, Step ready, Step started) {
        steps = List.of(started);
        Turn turn = turn(mine.goal, ready, started, false);
        begun = mine;
        return turn;
    }

    /** Whether a task is performed here and nobody looks after it. */
    boolean needsLead() {
        return begun != null && !led.get();
    }

    /** Leads a task that is performed on another thread, if nobody does; whether this thread did. */
    boolean lead() {
        Mine mine = begun;
        if (mine == null || !led.compareAndSet(false, true)) {
            return false;
        }
        lead(() -> work(mine));
        return true;
    }

    private void lead(Runnable work) {
        try {
            work.run();
        } catch (Fenced e) {
            FaultPoint.LEASE_LOST.hit();
            LOG.warn("Leaving goal {}: {}", goalId, e.getMessage());
        } finally {
            letGo();
        }
    }

    /** The goal as this run last read or wrote it. */
    private static final class Mine {
        private Goal goal;

        Mine(Goal goal) {
            this.goal = goal;
        }
    }

    private void think(Mine mine) {
        if (mine.goal.status() == Goal.Status.RECEIVED) {
            mine.goal = parts.progress().plan(mine.goal, parts.thinking().about(mine.goal));
            FaultPoint.PLAN_STORED.hit();
        }
    }

    private void work(Mine mine) {
        while (!over && !left(mine)) {
            hear(mine);
        }
    }

    /** Starts what can start; whether nothing is under way and the goal was left. */
    private synchronized boolean left(Mine mine) {
        while (true) {
            boolean idle = stopping || parts.gate().paused();
            if (!idle) {
                startWhatCan(mine);
            }
            if (!active.isEmpty()) {
                return false;
            }
            if (!idle && plannedAnew(mine)) {
                continue;
            }
            if (parts.progress().leave(mine.goal, idle)) {
                return true;
            }
            steps = parts.progress().steps(goalId);
        }
    }

    /** Plans anew when it is owed; nothing is under way meanwhile. */
    private boolean plannedAnew(Mine mine) {
        if (!Replans.thinkable(mine.goal, steps)) {
            return false;
        }
        Optional<Replans.Trouble> trouble = parts.progress().trouble(mine.goal);
        trouble.ifPresent(why -> {
            Thoughts models = new Thoughts("plan");
            Optional<Plan> plan = parts.thinking().again(mine.goal, why, models);
            Progress.Settled settled = parts.progress().planAnew(mine.goal, why, plan, models);
            FaultPoint.REPLAN_STORED.hit();
            mine.goal = settled.goal();
            steps = settled.steps();
        });
        return trouble.isPresent();
    }

    private void startWhatCan(Mine mine) {
        for (Step step : new Course(steps).runnable(parts.progress().now())) {
            if (active.has(step.id())) {
                continue;
            }
            boolean place = !active.isEmpty();
            if (active.size() >= parts.limits().stepsPerGoal()
                    || place && !parts.workers().takePlace()) {
                return;
            }
            if (!start(mine, step, place)) {
                if (place) {
                    parts.workers().givePlace();
                }
                return;
            }
        }
    }

    private boolean start(Mine mine, Step step, boolean place) {
        Optional<Progress.Claimed> claimed;
        try {
            claimed = parts.progress().claim(mine.goal, step, Progress.inheritsMark(steps, step));
        } catch (StaleRow e) {
            claimed = Optional.empty();
        }
        if (claimed.isEmpty()) {
            steps = parts.progress().steps(goalId);
            return false;
        }
        Step running = claimed.get().step();
        mine.goal = claimed.get().goal();
        steps = Progress.replaced(steps, List.of(running));
        Turn turn = turn(mine.goal, step, running, place);
        parts.workers().run(() -> perform(mine, turn));
        return true;
    }

    /** What the agent of a claimed step gets; the step is under way from here on. */
    private Turn turn(Goal goal, Step before, Step running, boolean place) {
        FaultPoint.STEP_CLAIMED.hit();
        List<Call> earlier = before.startedAt() == null
                ? List.of()
                : parts.progress().store().read(reader -> GoalRows.calls(reader, running.id()));
        StepJournal journal =
                new StepJournal(parts.progress().store(), parts.gate(), parts.late(), goal, running, earlier);
        Duration whole = parts.limits().stepDeadline().plus(parts.limits().grace());
        active.add(journal, whole, place);
        return new Turn(journal, task(goal, running));
    }

    private Task task(Goal goal, Step step) {
        Map<String, Map<String, Object>> results = new HashMap<>();
        for (Step other : steps) {
            if (step.dependsOn().contains(other.name()) && other.output() != null) {
                results.put(other.name(), other.output());
            }
        }
        return new Task(step.id(), step.action(), goal.text(), step.input(), results, goal.documents());
    }

    /** Performs a step and, as long as one follows from the other, the next ones: on this thread. */
    private void perform(Mine mine, Turn first) {
        try {
            Optional<Turn> turn = Optional.of(first);
            while (turn.isPresent()) {
                turn = ended(mine, turn.get());
            }
            nudges.add(LOOK);
        } catch (RuntimeException e) {
            nudges.add(new Nudge(Optional.of(e)));
        }
    }

    private Optional<Turn> ended(Mine mine, Turn turn) {
        Optional<Performed> performed = Optional.empty();
        String fault = "";
        try {
            performed = Optional.of(parts.agents()
                    .perform(turn.task(), turn.journal(), parts.limits().stepDeadline()));
        } catch (Throwable e) {
            // Whatever a plug throws ends its own step only; as text, so that nothing keeps its classes.
            fault = Brains.text(e);
        }
        return conclude(mine, turn.journal(), performed, fault);
    }

    private synchronized Optional<Turn> conclude(
            Mine mine, StepJournal journal, Optional<Performed> performed, String fault) {
        if (!active.drop(journal)) {
            return Optional.empty();
        }
        Optional<Function<Tx, StepEdit>> edit =
                switch (journal.stopped()) {
                    case LOST -> throw new Fenced("its fence was raised");
                    case PAUSED -> Optional.of(tx -> journal.edit().to(Step.Status.READY));
                    case GOING -> Endings.of(journal, performed, fault, parts.limits());
                    default -> Optional.empty();
                };
        if (edit.isEmpty()) {
            steps = parts.progress().steps(goalId);
            return Optional.empty();
        }
        return end(mine, journal, edit.get(), true);
    }

    private Optional<Turn> end(Mine mine, StepJournal journal, Function<Tx, StepEdit> edit, boolean chain) {
        Progress.Moved moved;
        synchronized (journal) {
            moved = parts.progress()
                    .end(
                            mine.goal,
                            journal.step(),
                            steps,
                            tx -> {
                                journal.answers(tx);
                                return edit.apply(tx);
                            },
                            now -> chain ? follow(now) : Optional.empty());
        }
        List<Step> before = steps;
        steps = moved.steps();
        mine.goal = moved.goal();
        over = moved.over();
        FaultPoint.STEP_ENDED.hit();
        return moved.next().flatMap(next -> before.stream()
                .filter(step -> step.id().equals(next.id()))
                .findFirst()
                .map(step -> turn(moved.goal(), step, next, false)));
    }

    /** The step to go on with when nothing else runs and nothing holds this node back. */
    private Optional<Step> follow(List<Step> now) {
        return active.isEmpty() && !stopping && !parts.gate().paused()
                ? new Course(now).runnable(parts.progress().now()).stream().findFirst()
                : Optional.empty();
    }

    private void hear(Mine mine) {
        Nudge nudge;
        try {
            nudge = nudges.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping = true;
            return;
        }
        if (nudge != null && nudge.failure().isPresent()) {
            throw nudge.failure().get();
        }
        look(mine);
    }

    private synchronized void look(Mine mine) {
        giveUpLate(mine);
        if (!over) {
            steps = parts.progress().steps(goalId);
        }
    }

    /** How long to listen: until a deadline or a due retry, at most as long as another node's vote may take. */
    private synchronized Duration patience() {
        Duration patience = parts.limits().poll();
        Instant now = parts.progress().now();
        Optional<Instant> due = new Course(steps).next();
        if (due.isPresent() && due.get().isBefore(now.plus(patience))) {
            patience = Duration.between(now, due.get()).plusMillis(1);
        }
        return patience.isNegative() ? Duration.ofMillis(1) : patience;
    }

    private void giveUpLate(Mine mine) {
        for (StepJournal journal : active.late()) {
            active.drop(journal);
            String why = "its agent did not stop at the deadline";
            LOG.warn("Giving up step {} of goal {}: {}", journal.step().id(), goalId, why);
            journal.stop(StepJournal.Stop.ABANDONED);
            end(mine, journal, tx -> journal.edit().ended(Step.Status.FAILED, why, tx.now()), false);
        }
    }

    /** What still runs may end its call; nothing of it counts for this run any more. */
    private void letGo() {
        synchronized (this) {
            active.journals().forEach(journal -> journal.stop(StepJournal.Stop.LOST));
        }
        long end = System.nanoTime() + parts.limits().grace().toNanos();
        while (underWay() && System.nanoTime() < end) {
            try {
                nudges.poll(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        synchronized (this) {
            active.journals().forEach(active::drop);
        }
    }

    private synchronized boolean underWay() {
        return !active.isEmpty();
    }

    @Override
    public String toString() {
        return goalId + " "
                + steps.stream().map(step -> step.name() + "=" + step.status()).collect(Collectors.joining(" "));
    }
}
