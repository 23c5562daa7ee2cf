/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.watch.Metric;
import ai.king.evolution.Expectation;
import ai.king.evolution.Expectation.Outcome;
import ai.king.evolution.Proposal;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Tx;
import ai.king.work.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the platform expects of its own proposals, as it is stored and told. */
final class Expectations {

    private Expectations() {}

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    static Optional<Expectation> of(Reader reader, String proposalId) {
        return reader.list(Query.of(Expectation.class).where("proposalId", proposalId)).stream()
                .findFirst();
    }

    /** That of the goal in which a call is made, while nothing has come of it yet. */
    static Optional<Expectation> ofCall(Reader reader, String callKey) {
        int end = callKey.indexOf(':');
        return end < 0
                ? Optional.empty()
                : reader.find(Step.class, callKey.substring(0, end))
                        .flatMap(
                                step -> reader.list(Query.of(Expectation.class).where("goalId", step.goalId())).stream()
                                        .filter(one -> one.proposalId() == null && one.outcome() == null)
                                        .findFirst());
    }

    static List<Expectation> open(Reader reader) {
        return reader.list(Query.of(Expectation.class).where("outcome", Query.Comparison.IS_NULL, null));
    }

    /** As people read it before they vote. */
    static String told(Expectation expected) {
        return "Expected by the platform itself: " + expected.hypothesis() + "\nMeasured before: "
                + Metric.valueOf(expected.metric()).of(expected.subject()) + ": "
                + expected.baseline().stripTrailingZeros().toPlainString() + " " + expected.unit() + " of "
                + expected.samples()
                + " samples, " + expected.windowStart() + " to " + expected.windowEnd()
                + "\nOnce it is permanent the same is measured again, on at least " + expected.least()
                + " samples; less is better.";
    }

    /** Stores what became of it, and tells it. */
    static Expectation ended(Tx tx, Expectation ended) {
        Expectation stored = tx.update(ended);
        Map<String, Object> data = new HashMap<>();
        data.put("day", stored.id());
        data.put("metric", stored.metric());
        data.put("outcome", String.valueOf(stored.outcome()));
        data.put("baseline", stored.baseline().toPlainString());
        if (stored.measured() != null) {
            data.put("measured", stored.measured().toPlainString());
            data.put("samples", stored.measuredSamples());
        }
        String proposal = stored.proposalId();
        tx.record("proposal.outcome", proposal == null ? stored.id() : proposal, data);
        if (proposal != null) {
            data.put("proposalId", proposal);
        }
        tx.enqueue("evolution.measured", data, "global");
        return stored;
    }

    /** Whether a proposal will never become permanent any more, or is not any more. */
    static boolean gone(Proposal proposal) {
        return switch (proposal.status()) {
            case FAILED, REJECTED, WITHDRAWN, ROLLED_BACK -> true;
            default -> false;
        };
    }

    /** The same without a second measurement. */
    static Expectation notRun(Expectation expected, Instant at) {
        return expected.ended(Outcome.NOT_RUN, null, null, null, at);
    }
}
