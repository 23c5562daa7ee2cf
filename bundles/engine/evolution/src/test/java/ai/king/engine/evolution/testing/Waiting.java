/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a state, not for a time. */
public final class Waiting {

    private static final long MOST_SECONDS = 30;

    private Waiting() {}

    public static void until(BooleanSupplier state, Supplier<?> otherwise) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!state.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("still not: " + otherwise.get());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
