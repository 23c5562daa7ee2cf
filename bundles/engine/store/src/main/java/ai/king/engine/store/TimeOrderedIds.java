/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** UUIDv7 (RFC 9562): milliseconds, a counter of 12 bits within them, 62 random bits. Those of one node ascend. */
final class TimeOrderedIds {

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /** Milliseconds shifted by 12, and the counter; a full counter runs into the next millisecond. */
    private final AtomicLong last = new AtomicLong();

    TimeOrderedIds(Clock clock) {
        this.clock = clock;
    }

    String next() {
        long now = clock.millis() << 12;
        long ticks = last.accumulateAndGet(now, (before, given) -> Math.max(before + 1, given));
        long high = ((ticks >>> 12) << 16) | 0x7000L | (ticks & 0xFFFL);
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
