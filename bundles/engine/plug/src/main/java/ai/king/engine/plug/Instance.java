/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.plug.Generation;
import ai.king.plug.Route;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** One registered service of a plug with the leases that are out on it. */
final class Instance {

    /** Set in the count once the service is on its way out: no lease is given any more. */
    private static final int CLOSED = 1 << 30;

    private static final long LOOK_AGAIN_NANOS = 500_000;

    private final Object plug;
    private final boolean platform;
    private final AtomicInteger leases = new AtomicInteger();
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Durations durations = new Durations();
    private final Buckets buckets = new Buckets();
    private volatile Generation generation;

    Instance(Generation generation, Object plug, boolean platform) {
        this.generation = generation;
        this.plug = plug;
        this.platform = platform;
    }

    Generation generation() {
        return generation;
    }

    String id() {
        return generation.id();
    }

    Object plug() {
        return plug;
    }

    /** Registered by the platform itself: no release directs it. */
    boolean platform() {
        return platform;
    }

    Buckets buckets() {
        return buckets;
    }

    void describe(Generation changed) {
        generation = changed;
    }

    /** Counts one more lease; false when the instance is on its way out. */
    boolean acquire() {
        if (leases.getAndIncrement() < CLOSED) {
            return true;
        }
        leases.getAndDecrement();
        return false;
    }

    void release(long nanos, boolean failed) {
        durations.add(nanos);
        calls.increment();
        if (failed) {
            errors.increment();
        }
        leases.getAndDecrement();
    }

    int inFlight() {
        return leases.get() & ~CLOSED;
    }

    /** Gives no more leases. */
    void close() {
        leases.accumulateAndGet(CLOSED, (count, bit) -> count | bit);
    }

    /** Waits until no lease is out, at most so long; an interrupt ends the waiting. */
    boolean drained(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (inFlight() > 0) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
        return true;
    }

    Route route(Route.State state, int weight) {
        return new Route(
                generation,
                state,
                weight,
                inFlight(),
                calls.sum(),
                errors.sum(),
                durations.quantileMillis(0.50),
                durations.quantileMillis(0.95),
                durations.quantileMillis(0.99),
                buckets.count());
    }
}
