/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The database's time between two measurements, by the machine's monotonic timer: setting the machine's clock has no
 * effect, and a database whose clock is set back is not followed.
 */
final class DatabaseClock extends Clock {

    /** Microseconds and the timer when they were true. */
    private record Base(long micros, long nanos) {}

    private final AtomicLong last = new AtomicLong();
    private volatile Base base;

    DatabaseClock(Instant now) {
        this.base = new Base(micros(now), System.nanoTime());
    }

    /** What the database said just now, or an instant that it holds: time goes on from there unless it is later already. */
    synchronized void atLeast(Instant instant) {
        long given = micros(instant);
        if (given > running()) {
            base = new Base(given, System.nanoTime());
        }
    }

    private long running() {
        Base from = base;
        return from.micros() + (System.nanoTime() - from.nanos()) / 1000;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(last.accumulateAndGet(running(), Math::max), ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        DatabaseClock time = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return time.withZone(other);
            }

            @Override
            public Instant instant() {
                return time.instant();
            }
        };
    }
}
