/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.plug.Generation;
import ai.king.plug.Route;
import java.util.concurrent.atomic.LongAdder;

/** Calls, errors and durations of one generation from a moment on; adding neither locks nor allocates. */
final class Tally {

    private final long since = System.nanoTime();
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Durations durations = new Durations();

    /** Counts a call that ended, unless it began before this tally did. */
    void add(long started, long nanos, boolean failed) {
        if (started - since < 0) {
            return;
        }
        durations.add(nanos);
        calls.increment();
        if (failed) {
            errors.increment();
        }
    }

    Route route(Generation generation, Route.State state, int weight, int inFlight, int buckets) {
        return new Route(
                generation,
                state,
                weight,
                inFlight,
                calls.sum(),
                errors.sum(),
                durations.quantileMillis(0.50),
                durations.quantileMillis(0.95),
                durations.quantileMillis(0.99),
                buckets);
    }
}
