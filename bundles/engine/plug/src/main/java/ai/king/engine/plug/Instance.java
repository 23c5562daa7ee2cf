/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.plug.Generation;
import ai.king.plug.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One registered service of a plug with the leases that are out on it. */
final class Instance {

    /** Set in the count once the service is on its way out: no lease is given any more. */
    private static final int CLOSED = 1 << 30;

    private static final long LOOK_AGAIN_NANOS = 500_000;

    private final Object plug;
    private final boolean platform;
    private final AtomicInteger leases = new AtomicInteger();
    private final Tally life = new Tally();
    private final Buckets buckets = new Buckets();
    private volatile Generation generation;
    private volatile @Nullable OnTrial trial;

    /** What happened since a trial began, on either side of it. */
    private record OnTrial(String salt, Tally tally) {}

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

    void release(long started, long nanos, boolean failed) {
        life.add(started, nanos, failed);
        OnTrial now = trial;
        if (now != null) {
            now.tally().add(started, nanos, failed);
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
        return life.route(generation, state, weight, inFlight(), buckets.count());
    }

    /** Begins to count for a trial, goes on when it counts for it already, or ends with an empty salt. */
    void countFor(String salt) {
        OnTrial now = trial;
        if (salt.isEmpty()) {
            trial = null;
        } else if (now == null || !now.salt().equals(salt)) {
            trial = new OnTrial(salt, new Tally());
        }
    }

    /** The route with the figures of the trial alone; empty without one. */
    Optional<Route> onTrial(Route.State state, int weight) {
        OnTrial now = trial;
        return now == null
                ? Optional.empty()
                : Optional.of(now.tally().route(generation, state, weight, inFlight(), buckets.count()));
    }
}
