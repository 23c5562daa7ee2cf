/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import ai.king.store.Row;
import java.time.Instant;

/** One person's decision; one for each approval and person. */
public record Vote(
        String id, String approvalId, String approver, Decision decision, String notes, Instant at, long version)
        implements Row {

    /** Yes or no. */
    public enum Decision {
        APPROVE,
        REJECT
    }
}
