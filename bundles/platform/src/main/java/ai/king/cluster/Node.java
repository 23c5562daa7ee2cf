/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.cluster;

import ai.king.store.Row;
import java.time.Instant;

/**
 * One node.
 *
 * @param applied number of the release it runs; 0 before the first
 * @param error why it does not run the release it should; empty when it does
 * @param trial number of the release on trial there; 0 for none
 * @param trialError why something of the trial is not there; empty when all of it is, or none should be
 */
public record Node(
        String id,
        String address,
        String jailTier,
        long applied,
        String error,
        long trial,
        String trialError,
        Instant seenAt,
        long version)
        implements Row {

    /** One without a trial. */
    public Node(String id, String address, String jailTier, long applied, String error, Instant seenAt, long version) {
        this(id, address, jailTier, applied, error, 0, "", seenAt, version);
    }
}
