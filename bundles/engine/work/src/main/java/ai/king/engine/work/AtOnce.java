/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.store.Tx;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that the node which accepts them begins itself: they are stored as taken and their step as running, and so need none
 * of the transactions of being picked, taken and claimed. The scheduler's row is there from the start and kept alive by this
 * node, so that whoever finds it silent revives it like any other.
 */
final class AtOnce implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AtOnce.class);

    /** A run that no scheduler knows of, with a place of its own. */
    private record Begun(GoalRun run, Watchers.Watch watch) {
        String goalId() {
            return run.goalId();
        }
    }

    private final Parts parts;
    private final Store store;
    private final GoalQueue queue;
    private final Picked picked;
    private final Runs runs;
    private final Watchers watchers;
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks;
    private volatile boolean open;

    AtOnce(Parts parts, GoalQueue queue, Picked picked, Runs runs, Watchers watchers) {
        this.parts = parts;
        this.store = parts.progress().store();
        this.queue = queue;
        this.picked = picked;
        this.runs = runs;
        this.watchers = watchers;
        this.ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "king-at-once");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on this node begins what it accepts. */
    void open() {
        long distance = parts.limits().heartbeat().toMillis();
        ticks.scheduleWithFixedDelay(this::look, distance, distance, TimeUnit.MILLISECONDS);
        open = true;
    }

    /** Whether a task that is accepted now can begin here. */
    boolean possible() {
        return open && runs.free() && !parts.gate().paused();
    }

    /**
     * Stores a goal as taken and its only step as running; the step begins after the commit.
     *
     * @param ready the step as a queue would have it
     */
    Goal store(Tx tx, Goal accepted, Step ready) {
        Goal taken =
                tx.insert(GoalEdit.of(accepted).to(Goal.Status.RUNNING).taken().row());
        Step started = tx.insert(StepEdit.of(ready).started(tx.now()).row());
        queue.addTaken(tx, taken.id(), picked.node());
        store.write(Progress.ACTOR, own -> {
            Happenings.step(own, taken, started, "step.started");
            return started;
        });
        tx.afterCommit(() -> begin(taken, ready, started));
        return taken;
    }

    private void begin(Goal goal, Step ready, Step started) {
        FaultPoint.GOAL_BEGUN.hit();
        if (!runs.takePlace()) {
            // The last place went between the look and the commit, or this node stops.
            leave(goal.id());
            return;
        }
        Begun mine = new Begun(new GoalRun(parts, goal.id()), watchers.expect(goal.id()));
        begun.put(goal.id(), mine);
        runs.add(mine.run());
        try {
            parts.workers().run(() -> lead(mine, () -> mine.run().begin(goal, ready, started)));
        } catch (RejectedExecutionException e) {
            over(mine);
            leave(goal.id());
        }
    }

    /** Whoever has a place next takes it up as it is. */
    private void leave(String goalId) {
        giveBack(goalId, Duration.ZERO);
        queue.poll();
    }

    private void giveBack(String goalId, Duration wait) {
        try {
            picked.giveBack(goalId, wait);
        } catch (StoreUnavailable e) {
            // Nobody says that it is worked on any more, so it is revived like that of a dead node.
            LOG.warn("Goal {} waits until it is found silent: {}", goalId, e.getMessage());
        }
    }

    /** @param work whether it led the goal until this node leaves it, rather than left that to another thread */
    private void lead(Begun mine, BooleanSupplier work) {
        boolean led = true;
        try {
            led = work.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("Goal {} goes back to the queue: {}", mine.goalId(), e.toString());
            giveBack(mine.goalId(), parts.limits().poll());
        } finally {
            if (led) {
                over(mine);
            }
        }
    }

    private void over(Begun mine) {
        begun.remove(mine.goalId(), mine);
        runs.remove(mine.run());
        mine.watch().expectNothing();
        runs.givePlace();
    }

    /** Says that this node is still at what it began; what takes long gets a thread that looks at its deadlines. */
    private void look() {
        try {
            List<Begun> all = List.copyOf(begun.values());
            picked.beat(all.stream().map(Begun::goalId).toList());
            all.stream().filter(each -> each.run().needsLead()).forEach(each -> parts.workers()
                    .run(() -> lead(each, each.run()::lead)));
        } catch (RejectedExecutionException e) {
            LOG.debug("This node stops; what is under way here ends by itself");
        } catch (RuntimeException e) {
            LOG.warn("Could not say which goals this node is at: {}", e.toString());
        }
    }

    @Override
    public void close() {
        ticks.shutdown();
    }
}
