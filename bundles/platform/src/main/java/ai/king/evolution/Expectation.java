/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import ai.king.store.Row;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the platform, by itself, expected of a change that it proposed, and what became of that. The id is the UTC day it was
 * made on, as 2026-11-22: there is one a day.
 *
 * @param metric what was measured, and is measured again once the change is permanent
 * @param subject whose: an agent's name, or what nobody could do
 * @param hypothesis what should get better by what, in words
 * @param unit of both values; lower is better
 * @param baseline measured from {@code windowStart} to {@code windowEnd}
 * @param samples the baseline is made of
 * @param least samples that the second measurement needs
 * @param goalId the goal that was filed, where the change has to be written first
 * @param proposalId null until there is one
 * @param outcome null while it is open
 * @param measured since {@code measuredFrom}, when the change became permanent
 */
public record Expectation(
        String id,
        String metric,
        String subject,
        String hypothesis,
        String unit,
        BigDecimal baseline,
        int samples,
        int least,
        Instant windowStart,
        Instant windowEnd,
        @Nullable String goalId,
        @Nullable String proposalId,
        @Nullable Outcome outcome,
        @Nullable BigDecimal measured,
        @Nullable Integer measuredSamples,
        @Nullable Instant measuredFrom,
        @Nullable Instant measuredAt,
        long version)
        implements Row {

    /** The same with the proposal that came of it. */
    public Expectation proposed(String proposal) {
        return changed(proposal, outcome, measured, measuredSamples, measuredFrom, measuredAt);
    }

    /**
     * The same once it is known what became of it.
     *
     * @param value of the second measurement; null where there is none
     */
    public Expectation ended(
            Outcome end, @Nullable BigDecimal value, @Nullable Integer count, @Nullable Instant from, Instant at) {
        return changed(proposalId, end, value, count, from, at);
    }

    private Expectation changed(
            @Nullable String proposal,
            @Nullable Outcome end,
            @Nullable BigDecimal value,
            @Nullable Integer count,
            @Nullable Instant from,
            @Nullable Instant at) {
        return new Expectation(
                id,
                metric,
                subject,
                hypothesis,
                unit,
                baseline,
                samples,
                least,
                windowStart,
                windowEnd,
                goalId,
                proposal,
                end,
                value,
                count,
                from,
                at,
                version);
    }

    /** What became of it; a comparison of before and after, no proof of the cause. */
    public enum Outcome {
        BETTER,
        NOT_BETTER,
        /** Not enough happened to tell. */
        TOO_FEW,
        /** The change never became permanent, or did not stay so until it was measured. */
        NOT_RUN
    }
}
