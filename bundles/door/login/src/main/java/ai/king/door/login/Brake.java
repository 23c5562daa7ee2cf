/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows guessing down: after a few failures in a row a name has to wait, twice as long after each further one. Says how
 * long instead of holding the caller's thread, so that guessing cannot use up the threads of a door.
 */
final class Brake {

    private static final int FREE = 3;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int NAMES = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Failures> failed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > NAMES;
        }
    };

    Brake(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long the name has to wait; zero when it may try. */
    synchronized Duration waiting(String name) {
        Failures failures = failed.get(name);
        if (failures == null) {
            return Duration.ZERO;
        }
        long left = failures.until() - nanos.getAsLong();
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    synchronized void failed(String name) {
        int count = failed.containsKey(name) ? failed.remove(name).count() + 1 : 1;
        failed.put(name, new Failures(count, nanos.getAsLong() + pause(count).toNanos()));
    }

    synchronized void succeeded(String name) {
        failed.remove(name);
    }

    private static Duration pause(int count) {
        if (count <= FREE) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(count - FREE - 1, 10));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private record Failures(int count, long until) {}
}
