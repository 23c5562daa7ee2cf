/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The goals this node is at. */
final class Runs {

    private final Map<String, GoalRun> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** Works on a goal on the calling thread. */
    void work(Parts parts, String goalId) {
        GoalRun run = new GoalRun(parts, goalId);
        running.put(goalId, run);
        if (stopping) {
            run.stop();
        }
        try {
            run.run();
        } finally {
            running.remove(goalId, run);
            synchronized (this) {
                notifyAll();
            }
        }
    }

    void wake(String goalId) {
        GoalRun run = running.get(goalId);
        if (run != null) {
            run.wake();
        }
    }

    /** Lets the goals go: no further step starts, and waits so long for those under way. */
    synchronized void stop(java.time.Duration atMost) {
        stopping = true;
        running.values().forEach(GoalRun::stop);
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
