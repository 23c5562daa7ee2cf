/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.util.concurrent.TimeUnit;

/** The memory that all jailed programs may have together. */
final class Capacity {

    private final int all;
    private int used;

    Capacity(int mebibytes) {
        all = mebibytes;
    }

    /** Takes a share; waits at most so long for another to be given back. */
    synchronized boolean take(int mebibytes, long patienceMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        while (used + mebibytes > all) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || mebibytes > all) {
                return false;
            }
            wait(left);
        }
        used += mebibytes;
        return true;
    }

    synchronized void giveBack(int mebibytes) {
        used -= mebibytes;
        notifyAll();
    }
}
