/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.gate.Approval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An approval with another status, or after its reminder. */
final class Decided {

    private Decided() {}

    static Approval as(Approval a, Approval.Status status, Instant now) {
        return copy(a, status, status.open() ? a.remindAt() : null, status.open() ? null : now);
    }

    static Approval reminded(Approval a) {
        return copy(a, a.status(), null, a.decidedAt());
    }

    private static Approval copy(
            Approval a, Approval.Status status, @Nullable Instant remindAt, @Nullable Instant decidedAt) {
        return new Approval(
                a.id(),
                a.type(),
                a.title(),
                a.description(),
                a.risk(),
                a.urgency(),
                a.riskFactors(),
                a.payload(),
                a.payloadSha256(),
                a.amount(),
                a.currency(),
                status,
                a.approvers(),
                a.legal(),
                a.subjectKind(),
                a.subject(),
                a.goalId(),
                a.businessId(),
                a.requestedBy(),
                a.proposer(),
                a.createdAt(),
                a.expiresAt(),
                remindAt,
                decidedAt,
                a.version());
    }
}
