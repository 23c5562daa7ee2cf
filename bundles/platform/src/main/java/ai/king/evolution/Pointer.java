/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import ai.king.store.Row;
import org.jspecify.annotations.Nullable;

/**
 * The one row that says which release is permanent and which is on trial; moved by compare-and-set.
 *
 * @param trialProposal the proposal whose trial runs
 * @param former what nodes go on running that the permanent release has not reached yet: it goes from one to the next; 0 when
 *     it is for all
 */
public record Pointer(
        String id,
        long permanent,
        @Nullable Long trial,
        @Nullable String trialProposal,
        int trialPercent,
        long former,
        long version)
        implements Row {

    /** One whose permanent release is for all nodes. */
    public Pointer(
            String id,
            long permanent,
            @Nullable Long trial,
            @Nullable String trialProposal,
            int trialPercent,
            long version) {
        this(id, permanent, trial, trialProposal, trialPercent, 0, version);
    }
}
