/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes those on this node who wait for a goal to get on, and nobody who waits for another. */
final class Watchers {

    private final Map<String, Watch> watched = new ConcurrentHashMap<>();

    /** Hears of all that happens to the goal from now on, until it is closed. */
    Watch watch(String goalId) {
        return watched.compute(goalId, (id, there) -> {
            Watch watch = there == null ? new Watch(id) : there;
            watch.watchers++;
            return watch;
        });
    }

    /** Something happened to the goal. */
    void signal(String goalId) {
        Watch watch = watched.get(goalId);
        if (watch != null) {
            watch.changed();
        }
    }

    /** How many goals are waited for. */
    int size() {
        return watched.size();
    }

    /** One goal that somebody waits for; shared by all who do. */
    final class Watch implements AutoCloseable {

        private final String goalId;
        private int watchers;
        private long changes;

        private Watch(String goalId) {
            this.goalId = goalId;
        }

        private synchronized void changed() {
            changes++;
            notifyAll();
        }

        synchronized long seen() {
            return changes;
        }

        /** Waits until something changed after {@code seen}, at most so long. */
        synchronized void await(long seen, Duration atMost) {
            long end = System.nanoTime() + atMost.toNanos();
            try {
                while (changes == seen) {
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

        @Override
        public void close() {
            watched.computeIfPresent(goalId, (id, there) -> --there.watchers == 0 ? null : there);
        }
    }
}
