/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * As {@link #watch}, of a goal that is worked on here until {@link Watch#expectNothing}: its end is told, whoever comes
     * to wait for it meanwhile.
     */
    Watch expect(String goalId) {
        Watch watch = watch(goalId);
        watch.expected(true);
        return watch;
    }

    /** Something happened to the goal. */
    void signal(String goalId) {
        signal(goalId, Optional.empty());
    }

    /** The goal and its steps are stored like this. */
    void signal(Goal goal, List<Step> steps) {
        signal(goal.id(), Optional.of(new Goals.Standing(goal, steps)));
    }

    private void signal(String goalId, Optional<Goals.Standing> now) {
        Watch watch = watched.get(goalId);
        if (watch != null) {
            watch.changed(now);
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
        private boolean expected;
        private Optional<Goals.Standing> last = Optional.empty();

        private Watch(String goalId) {
            this.goalId = goalId;
        }

        private synchronized void changed(Optional<Goals.Standing> now) {
            last = now;
            changes++;
            notifyAll();
        }

        private synchronized void expected(boolean is) {
            expected = is;
        }

        /** Whether this node is at the goal from before this watch and tells its end. */
        synchronized boolean expected() {
            return expected;
        }

        /** This node is at the goal no more. */
        void expectNothing() {
            expected(false);
            close();
        }

        /** How the goal ended, when that is the last that was told of it. */
        synchronized Optional<Goals.Standing> ended() {
            return last.filter(now -> now.goal().status().ended());
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
