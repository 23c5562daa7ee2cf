/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import java.util.Locale;
import java.util.Optional;

/**
 * When a trial is undone: its error rate lies more than 5 points above the old one's (at least 3 errors), or its p95 is
 * over twice the old one's and more than 50 ms above it.
 */
final class CanaryRule {

    private static final double POINTS = 0.05;
    private static final long ERRORS = 3;
    private static final double TIMES = 2;
    private static final double MILLIS = 50;
    /** A quantile of fewer calls says nothing. */
    private static final long CALLS = 20;

    private CanaryRule() {}

    /** What happened to one side of a trial. */
    record Figures(long calls, long errors, double p95) {

        double rate() {
            return calls == 0 ? 0 : (double) errors / calls;
        }

        Figures plus(Figures other) {
            return new Figures(calls + other.calls, errors + other.errors, Math.max(p95, other.p95));
        }
    }

    /** Why the trial must end; empty while it may go on. */
    static Optional<String> violated(Figures old, Figures fresh) {
        if (fresh.errors() >= ERRORS && fresh.rate() - old.rate() > POINTS) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "error rate %.1f %% (%d of %d calls) against %.1f %%",
                    fresh.rate() * 100,
                    fresh.errors(),
                    fresh.calls(),
                    old.rate() * 100));
        }
        boolean slower = fresh.p95() > TIMES * old.p95() && fresh.p95() - old.p95() > MILLIS;
        if (slower && old.calls() >= CALLS && fresh.calls() >= CALLS) {
            return Optional.of(String.format(Locale.ROOT, "p95 %.0f ms against %.0f ms", fresh.p95(), old.p95()));
        }
        return Optional.empty();
    }
}
