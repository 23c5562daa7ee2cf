/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import ai.king.store.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A proposed change of what runs.
 *
 * @param change what changes, by kind as in the HTTP contract; for a bundle its name, version and placement
 * @param bundle digest of the candidate's jar, a payload
 * @param tests digest of the jar with its tests
 * @param reason why it stands where it stands, such as what DRAFT waits for
 * @param release number of the release that made it permanent
 */
public record Proposal(
        String id,
        Kind kind,
        String title,
        String description,
        Origin origin,
        String author,
        Status status,
        String risk,
        @Nullable BigDecimal confidence,
        Map<String, Object> confidenceParts,
        Map<String, Object> change,
        @Nullable String bundle,
        @Nullable String tests,
        String placement,
        List<Finding> findings,
        @Nullable String approvalId,
        @Nullable Map<String, Object> canary,
        String reason,
        @Nullable Long release,
        Instant createdAt,
        Instant statusSince,
        long version)
        implements Row {

    /** What kind of change. */
    public enum Kind {
        BUNDLE,
        SOURCE,
        CONFIGURATION,
        MODEL,
        PLAYBOOK,
        INFRASTRUCTURE
    }

    /** Who proposes; derived from the principal and the run. */
    public enum Origin {
        AI,
        DEVELOPER,
        ADMIN
    }

    /** Where it stands. */
    public enum Status {
        DRAFT,
        VALIDATING,
        READY,
        APPROVED,
        CANARY,
        COMPLETED,
        FAILED,
        REJECTED,
        WITHDRAWN,
        ROLLED_BACK
    }
}
