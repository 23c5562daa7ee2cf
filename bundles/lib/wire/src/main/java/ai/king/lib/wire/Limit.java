/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * How long one call waits.
 *
 * @param silence longest wait for the next byte
 * @param end when it must be over, by {@link System#nanoTime()}: one byte a second is no silence, and no answer either
 */
record Limit(Duration silence, long end) {

    static Limit of(Duration silence, Duration whole) {
        return new Limit(silence, System.nanoTime() + whole.toNanos());
    }

    /** Milliseconds that may be waited now. */
    int millis() throws SocketTimeoutException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw over();
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.min(left, silence.toNanos()) / 1_000_000));
    }

    /** What is told after so long. */
    SocketTimeoutException over() {
        return new SocketTimeoutException(
                end - System.nanoTime() <= 1_000_000
                        ? "the answer was not whole in time"
                        : "silent for " + silence.toSeconds() + " s");
    }
}
