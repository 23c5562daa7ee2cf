/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.cluster;

import ai.king.store.Row;
import java.time.Instant;

/**
 * One node.
 *
 * @param applied number of the release it runs; 0 before the first
 * @param error why it does not run the release it should; empty when it does
 */
public record Node(String id, String address, String jailTier, long applied, String error, Instant seenAt, long version)
        implements Row {}
