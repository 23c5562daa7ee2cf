/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.signals.Signals;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One breaker a backend; how easily they open is a matter of the active risk profile. */
final class Breakers {

    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
    private static final Map<String, Integer> FAILURES = Map.of("high", 2, "medium", 3, "low", 5);
    private static final int MEDIUM = 3;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<String> sensitivity;
    private final Duration open;
    private final Clock clock;
    private final Signals signals;
    private final Map<String, Sized> breakers = new ConcurrentHashMap<>();
    private volatile Asked asked = new Asked(0, 0);

    /** The profile is asked once a second: every call looks at several breakers. */
    private record Asked(int failures, long at) {}

    private record Sized(int failures, Breaker breaker) {}

    Breakers(Supplier<String> sensitivity, Duration open, Clock clock, Signals signals) {
        this.sensitivity = sensitivity;
        this.open = open;
        this.clock = clock;
        this.signals = signals;
    }

    /** The breaker of a backend; a new one when the profile asks for another sensitivity. */
    Breaker of(String backend) {
        int failures = failures();
        Sized known = breakers.get(backend);
        if (known != null && known.failures() == failures) {
            return known.breaker();
        }
        return breakers.compute(
                        backend,
                        (name, old) -> old != null && old.failures() == failures
                                ? old
                                : new Sized(failures, make(name, failures)))
                .breaker();
    }

    private int failures() {
        Asked last = asked;
        long now = System.nanoTime();
        if (last.failures() == 0 || now - last.at() > FRESH_NANOS) {
            last = new Asked(FAILURES.getOrDefault(sensitivity.get(), MEDIUM), now);
            asked = last;
        }
        return last.failures();
    }

    private Breaker make(String backend, int failures) {
        return new Breaker(backend, failures, open, clock, state -> {
            if (state.equals("opened")) {
                LOG.warn("Backend {} fails: not asked for {} s", backend, open.toSeconds());
            }
            signals.event("breaker." + state, Map.of("backend", backend));
        });
    }
}
