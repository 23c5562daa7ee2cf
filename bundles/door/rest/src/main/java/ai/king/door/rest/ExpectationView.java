/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.evolution.Expectation;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the platform expected of a proposal that it made by itself, and what became of that. */
public record ExpectationView(
        String metric,
        String subject,
        String hypothesis,
        String unit,
        BigDecimal baseline,
        int samples,
        int leastSamples,
        Instant from,
        Instant to,
        @Nullable String goalId,
        @Nullable String outcome,
        @Nullable BigDecimal measured,
        @Nullable Integer measuredSamples,
        @Nullable Instant measuredFrom,
        @Nullable Instant measuredAt) {

    static ExpectationView of(Expectation expected) {
        Expectation.Outcome outcome = expected.outcome();
        return new ExpectationView(
                expected.metric(),
                expected.subject(),
                expected.hypothesis(),
                expected.unit(),
                expected.baseline(),
                expected.samples(),
                expected.least(),
                expected.windowStart(),
                expected.windowEnd(),
                expected.goalId(),
                outcome == null ? null : outcome.name(),
                expected.measured(),
                expected.measuredSamples(),
                expected.measuredFrom(),
                expected.measuredAt());
    }
}
