/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.gate.Approval;
import ai.king.gate.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A question to people as the API shows it. */
public record ApprovalView(
        String id,
        String type,
        String title,
        String description,
        String risk,
        List<String> riskFactors,
        Map<String, Object> payload,
        String payloadSha256,
        @Nullable Cash amount,
        String status,
        int requiredApprovers,
        boolean legal,
        List<VoteView> votes,
        String requestedBy,
        @Nullable String goalId,
        @Nullable String businessId,
        @Nullable String proposalId,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant decidedAt) {

    /** One person's decision. */
    public record VoteView(String approver, String decision, String notes, Instant at) {}

    static ApprovalView of(Approval approval, List<Vote> votes) {
        return new ApprovalView(
                approval.id(),
                approval.type().name(),
                approval.title(),
                approval.description(),
                approval.risk().name(),
                approval.riskFactors(),
                approval.payload(),
                approval.payloadSha256(),
                Cash.of(approval.amount(), approval.currency()),
                approval.status().name(),
                approval.approvers(),
                approval.legal(),
                votes.stream()
                        .map(vote ->
                                new VoteView(vote.approver(), vote.decision().name(), vote.notes(), vote.at()))
                        .toList(),
                approval.requestedBy(),
                approval.goalId(),
                approval.businessId(),
                approval.subjectKind().equals("proposal") ? approval.subject() : null,
                approval.createdAt(),
                approval.expiresAt(),
                approval.decidedAt());
    }
}
