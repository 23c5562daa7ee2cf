/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import ai.king.store.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One business taken through a playbook, stage by stage.
 *
 * @param sha256 of the playbook's text
 * @param playbook as it was when the run began
 * @param stage index of the stage it is in
 * @param facts what people reported, by metric
 * @param error why it ended before its time
 */
public record PlaybookRun(
        String id,
        String businessId,
        String playbookId,
        String sha256,
        Playbook playbook,
        Status status,
        int stage,
        List<StageRun> stages,
        Map<String, String> facts,
        String requestedBy,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant finishedAt,
        long version)
        implements Row {

    /** Where a run stands. */
    public enum Status {
        RUNNING,
        /** The steps of its stage are done; the gate to the next one is not open yet. */
        WAITING_GATE,
        COMPLETED,
        FAILED,
        CANCELLED;

        public boolean ended() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    /**
     * A stage of the run.
     *
     * @param status {@code PENDING}, {@code RUNNING}, {@code WAITING_GATE}, {@code COMPLETED}, {@code SKIPPED}, {@code FAILED}
     *     or {@code CANCELLED}
     * @param budget what its goal may spend
     * @param goalId the goal of its steps
     * @param endsBy when it has taken too long
     * @param unmet what the gate to the next stage still requires
     */
    public record StageRun(
            String name,
            String status,
            BigDecimal budget,
            @Nullable String goalId,
            @Nullable Instant startedAt,
            @Nullable Instant endsBy,
            @Nullable Instant finishedAt,
            List<String> unmet) {}
}
