/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.brain.Intent;
import ai.king.store.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A goal, which is also the run of its steps: one node works on it at a time.
 *
 * @param kind {@code goal}, or {@code task} for one step asked of one agent
 * @param mode {@code REACT} or {@code PLAYBOOK}; null until it is planned
 * @param rationale the planner's words
 * @param fence raised each time a node takes the goal; every write of that node checks it
 * @param dryRun plans and asks the gate what each step would need; runs nothing
 */
public record Goal(
        String id,
        String kind,
        String text,
        Status status,
        @Nullable String mode,
        @Nullable String businessId,
        @Nullable String riskProfile,
        List<String> documents,
        boolean dryRun,
        @Nullable Intent intent,
        @Nullable String rationale,
        @Nullable String error,
        String requestedBy,
        boolean byAi,
        long fence,
        Instant createdAt,
        @Nullable Instant finishedAt,
        long version)
        implements Row {

    /** Where a goal stands. */
    public enum Status {
        RECEIVED,
        PLANNED,
        RUNNING,
        WAITING_APPROVAL,
        WAITING_INPUT,
        COMPLETED,
        FAILED,
        CANCELLED;

        public boolean ended() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }
}
