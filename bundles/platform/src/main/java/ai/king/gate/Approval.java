/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.store.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question to people. Everything shown for the decision stands in the payload or is named there by its digest.
 *
 * @param subjectKind {@code call}, {@code proposal}, {@code setting} or {@code user}
 * @param subject the call key, proposal id, setting or user name
 * @param goalId the goal it holds up
 * @param urgency 0 critical, 1 high, 2 medium, 3 low: the order of the queue
 * @param payloadSha256 lower-case hex SHA-256 of the payload in RFC 8785 form
 * @param approvers how many distinct people must approve
 * @param legal whether one of them must hold {@code legal-approver}
 * @param proposer who may not vote at all: the author of a proposal; null for goals' steps
 * @param remindAt when a reminder is due; null after it was sent
 */
public record Approval(
        String id,
        Type type,
        String title,
        String description,
        Risk risk,
        int urgency,
        List<String> riskFactors,
        Map<String, Object> payload,
        String payloadSha256,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        Status status,
        int approvers,
        boolean legal,
        String subjectKind,
        String subject,
        @Nullable String goalId,
        @Nullable String businessId,
        String requestedBy,
        @Nullable String proposer,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant remindAt,
        @Nullable Instant decidedAt,
        long version)
        implements Row {

    /** What kind of question. */
    public enum Type {
        FINANCIAL,
        LEGAL,
        OPERATIONAL,
        STRATEGIC,
        TECHNICAL,
        EXTERNAL,
        SYSTEM
    }

    /** Where it stands. */
    public enum Status {
        PENDING,
        PARTIAL,
        APPROVED,
        REJECTED,
        EXPIRED;

        public boolean open() {
            return this == PENDING || this == PARTIAL;
        }
    }
}
