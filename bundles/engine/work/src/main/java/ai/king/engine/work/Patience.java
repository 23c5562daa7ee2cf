/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.inference.Listener;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a goal may be thought about: a model that trickles is left, and the brain without a model answers. */
final class Patience {

    private final LongSupplier nanos;
    private final long until;

    Patience(LongSupplier nanos, Duration atMost) {
        this.nanos = nanos;
        this.until = nanos.getAsLong() + atMost.toNanos();
    }

    boolean over() {
        return nanos.getAsLong() - until > 0;
    }

    /** Ends a chat that goes on for too long, by throwing at its next piece. */
    Listener listener() {
        return piece -> {
            if (over()) {
                throw new IllegalStateException("it was thought about for too long");
            }
        };
    }
}
