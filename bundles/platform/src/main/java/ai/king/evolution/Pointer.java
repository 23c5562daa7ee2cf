/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import ai.king.store.Row;
import org.jspecify.annotations.Nullable;

/**
 * The one row that says which release is permanent and which is on trial; moved by compare-and-set.
 *
 * @param trialProposal the proposal whose trial runs
 */
public record Pointer(
        String id, long permanent, @Nullable Long trial, @Nullable String trialProposal, int trialPercent, long version)
        implements Row {}
