/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Opens after so many failures in a row, for so long; then one call is let through to try. */
final class Breaker {

    private static final RuntimeException FAILED = new IllegalStateException("the backend failed");

    private final CircuitBreaker breaker;
    private final Clock clock;
    private final Duration open;
    private volatile Instant retryAt = Instant.MIN;
    private volatile Instant restsUntil = Instant.MIN;

    /**
     * @param failures failures in a row that open it
     * @param open how long it stays open
     * @param changed hears the new state in lower case
     */
    Breaker(String name, int failures, Duration open, Clock clock, Consumer<String> changed) {
        this.clock = clock;
        this.open = open;
        breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(failures)
                        .minimumNumberOfCalls(failures)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(open)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(clock)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            CircuitBreaker.State now = event.getStateTransition().getToState();
            retryAt = now == CircuitBreaker.State.OPEN ? clock.instant().plus(open) : Instant.MIN;
            changed.accept(
                    now == CircuitBreaker.State.CLOSED
                            ? "closed"
                            : now == CircuitBreaker.State.OPEN ? "opened" : "trying");
        });
    }

    /** Whether a call may go; every yes must be answered by one of the three methods that follow. */
    boolean permits() {
        return !resting() && breaker.tryAcquirePermission();
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, FAILED);
    }

    /** The far side asked to be left alone for so long; at most as long as a failing one is. */
    void rest(long seconds) {
        restsUntil = clock.instant().plusSeconds(Math.min(seconds, open.toSeconds()));
    }

    private boolean resting() {
        return clock.instant().isBefore(restsUntil);
    }

    /** The call said nothing about the backend. */
    void undecided() {
        breaker.releasePermission();
    }

    /** Whether the next call would be let through, without taking the place. */
    boolean hopeful() {
        return !resting()
                && (breaker.getState() != CircuitBreaker.State.OPEN
                        || !clock.instant().isBefore(retryAt));
    }

    boolean trying() {
        return breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    /** Seconds until a call is let through again; 0 when it would be now. */
    long secondsLeft() {
        if (hopeful()) {
            return 0;
        }
        return Math.min(
                open.toSeconds(),
                Math.max(
                        1,
                        Duration.between(clock.instant(), restsUntil.isAfter(retryAt) ? restsUntil : retryAt)
                                .toSeconds()));
    }
}
