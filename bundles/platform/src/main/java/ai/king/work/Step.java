/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.agent.Report;
import ai.king.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a goal.
 *
 * @param dependsOn names of steps of the same goal
 * @param attempts how often it was started after a failure; resuming after an approval is no attempt
 * @param approvalId the open approval it waits for
 * @param missing what it waits for when its agent declined
 * @param generation the agent's generation that made the step's recorded effects; null while there are none
 * @param notBefore when a retry is due
 * @param waitUntil when waiting for input ends in failure
 */
public record Step(
        String id,
        String goalId,
        String name,
        String agent,
        String action,
        Map<String, Object> input,
        List<String> dependsOn,
        int priority,
        String risk,
        Status status,
        int attempts,
        @Nullable String approvalId,
        List<String> missing,
        @Nullable Map<String, Object> output,
        @Nullable Report report,
        @Nullable String error,
        @Nullable String generation,
        @Nullable String agentVersion,
        boolean marked,
        @Nullable Instant notBefore,
        @Nullable Instant waitUntil,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long version)
        implements Row {

    /** Where a step stands. */
    public enum Status {
        PENDING,
        READY,
        RUNNING,
        WAITING_APPROVAL,
        WAITING_INPUT,
        COMPLETED,
        FAILED,
        SKIPPED,
        CANCELLED;

        public boolean ended() {
            return this == COMPLETED || this == FAILED || this == SKIPPED || this == CANCELLED;
        }
    }
}
