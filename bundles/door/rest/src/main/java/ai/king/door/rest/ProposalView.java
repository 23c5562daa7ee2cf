/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.evolution.Finding;
import ai.king.evolution.Proposal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A proposal as the API shows it; lists leave history and expectation out. */
public record ProposalView(
        String id,
        String kind,
        String title,
        String description,
        String origin,
        String author,
        String status,
        String reason,
        String risk,
        @Nullable Confidence confidence,
        Map<String, Object> change,
        @Nullable String bundle,
        @Nullable String tests,
        String placement,
        List<Finding> findings,
        @Nullable String approvalId,
        @Nullable Map<String, Object> canary,
        @Nullable Long release,
        @Nullable List<Map<String, Object>> history,
        @Nullable ExpectationView expectation,
        Instant createdAt,
        Instant statusSince) {

    /** How sure the platform is, with what it is made of. */
    public record Confidence(BigDecimal overall, Map<String, Object> components) {}

    static ProposalView of(
            Proposal proposal, @Nullable List<Map<String, Object>> history, @Nullable ExpectationView expectation) {
        BigDecimal overall = proposal.confidence();
        return new ProposalView(
                proposal.id(),
                proposal.kind().name(),
                proposal.title(),
                proposal.description(),
                proposal.origin().name(),
                proposal.author(),
                proposal.status().name(),
                proposal.reason(),
                proposal.risk(),
                overall == null ? null : new Confidence(overall, proposal.confidenceParts()),
                proposal.change(),
                proposal.bundle(),
                proposal.tests(),
                proposal.placement(),
                proposal.findings(),
                proposal.approvalId(),
                proposal.canary(),
                proposal.release(),
                history,
                expectation,
                proposal.createdAt(),
                proposal.statusSince());
    }
}
