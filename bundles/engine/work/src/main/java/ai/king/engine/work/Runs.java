/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The goals this node is at: never more at once than it has places, given in the order of asking. */
final class Runs {

    private final Map<String, GoalRun> running = new ConcurrentHashMap<>();
    private final Semaphore places;
    private volatile boolean stopping;

    Runs(int places) {
        this.places = new Semaphore(places, true);
    }

    /**
     * Threads for the scheduler. Each waits for a place before it looks at what it was given, so that this node picks nothing
     * that it has no place for and another node might have.
     */
    ExecutorService threads(int number) {
        AtomicInteger names = new AtomicInteger();
        return new ThreadPoolExecutor(number, number, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "king-goal-" + names.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
                places.acquireUninterruptibly();
            }

            @Override
            protected void afterExecute(Runnable task, @Nullable Throwable failure) {
                places.release();
            }
        };
    }

    /** Works on a goal on the calling thread, which has a place. */
    void work(Parts parts, String goalId) {
        GoalRun run = new GoalRun(parts, goalId);
        add(run);
        try {
            run.run();
        } finally {
            remove(run);
        }
    }

    void add(GoalRun run) {
        running.put(run.goalId(), run);
        if (stopping) {
            run.stop();
        }
    }

    void remove(GoalRun run) {
        running.remove(run.goalId(), run);
        if (stopping) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Whether a goal could begin at once: there is a place, and nobody waits for one. */
    boolean free() {
        return !stopping && !places.hasQueuedThreads() && places.availablePermits() > 0;
    }

    /** Takes a place if one is free and nobody waits for one. */
    boolean takePlace() {
        return free() && places.tryAcquire();
    }

    void givePlace() {
        places.release();
    }

    void wake(String goalId) {
        GoalRun run = running.get(goalId);
        if (run != null) {
            run.wake();
        }
    }

    /** Lets the goals go: no further step starts, and waits so long for those under way. */
    synchronized void stop(Duration atMost) {
        stopping = true;
        running.values().forEach(GoalRun::stop);
        // What waits for a place begins nothing any more.
        places.release(places.getQueueLength());
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!running.isEmpty()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
