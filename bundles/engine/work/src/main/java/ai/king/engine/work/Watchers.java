/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import java.time.Duration;

/** Wakes those on this node who wait for a goal to get on. */
final class Watchers {

    private long changes;

    synchronized void signal() {
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
}
