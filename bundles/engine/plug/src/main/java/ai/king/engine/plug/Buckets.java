/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many different buckets were seen, counted to 1,000; adding neither locks nor allocates. */
final class Buckets {

    private static final int SLOTS = 2_048;
    private static final int MOST = 1_000;

    private final AtomicLongArray seen = new AtomicLongArray(SLOTS);
    private final AtomicInteger count = new AtomicInteger();

    void add(long hash) {
        if (count.get() >= MOST) {
            return;
        }
        long value = hash == 0 ? 1 : hash;
        int slot = (int) (value & (SLOTS - 1));
        for (int tries = 0; tries < SLOTS; tries++) {
            long there = seen.get(slot);
            if (there == value) {
                return;
            }
            if (there == 0) {
                if (seen.compareAndSet(slot, 0, value)) {
                    count.incrementAndGet();
                    return;
                }
                continue;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    int count() {
        return Math.min(count.get(), MOST);
    }
}
