/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.access.Identity;
import ai.king.store.Page;
import ai.king.store.Tx;
import ai.king.tool.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Questions to people, and their votes. */
@ProviderType
public interface Approvals {

    /** Opens a question in the transaction. */
    Approval open(Tx tx, Question question);

    /** The open queue (critical first, then oldest), or a filtered list, newest first. */
    Page<Approval> page(Filter filter, @Nullable String cursor, int limit);

    Optional<Approval> find(String id);

    List<Vote> votes(String approvalId);

    /**
     * Counts a vote; when it completes the approval the decision is handled in the same transaction. Throws
     * {@link VoteRefused}.
     */
    Approval vote(Identity voter, String id, Vote.Decision decision, String notes, String payloadSha256);

    /** Ends an open question whose matter is gone. */
    void close(Tx tx, String id, String reason);

    /** What is asked; the gate adds hash, expiry and the number of people. */
    record Question(
            Approval.Type type,
            String title,
            String description,
            Risk risk,
            List<String> riskFactors,
            Map<String, Object> payload,
            Optional<Money> amount,
            String subjectKind,
            String subject,
            Optional<String> goalId,
            Optional<String> businessId,
            String requestedBy,
            Optional<String> proposer) {}

    /** Empty members do not filter. */
    record Filter(Optional<Approval.Status> status, Optional<Risk> risk, Optional<Approval.Type> type, boolean open) {
        public static Filter openQueue() {
            return new Filter(Optional.empty(), Optional.empty(), Optional.empty(), true);
        }
    }
}
