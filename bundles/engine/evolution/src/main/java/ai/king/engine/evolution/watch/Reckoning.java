/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.watch.Metric.Measure;
import ai.king.evolution.Expectation;
import ai.king.evolution.Expectation.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The second measurement of what was expected.
 *
 * @param percent by how much less is better
 * @param patience after which there are too few, whatever there is
 */
public record Reckoning(int percent, Duration patience) {

    /** What became of it. */
    public record Result(Outcome outcome, Optional<Measure> measure) {}

    /**
     * Empty while it is too early to tell.
     *
     * @param after what was done since then
     * @param since when the change became permanent
     */
    public Optional<Result> of(Expectation expected, Facts after, Instant since) {
        Optional<Measure> measure = Metric.valueOf(expected.metric()).measure(after.deeds(), expected.subject());
        if (measure.filter(now -> now.samples() >= expected.least()).isPresent()) {
            return Optional.of(new Result(
                    better(expected.baseline(), measure.get().value()) ? Outcome.BETTER : Outcome.NOT_BETTER, measure));
        }
        return after.until().isAfter(since.plus(patience))
                ? Optional.of(new Result(Outcome.TOO_FEW, measure))
                : Optional.empty();
    }

    /** Whether what was measured after is by so much less than before. */
    boolean better(BigDecimal before, BigDecimal after) {
        return after.multiply(BigDecimal.valueOf(100)).compareTo(before.multiply(BigDecimal.valueOf(100L - percent)))
                <= 0;
    }
}
