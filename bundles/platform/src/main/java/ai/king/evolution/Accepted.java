/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that became permanent, as the export to git names it.
 *
 * @param commit lower-case hex id of the commit, the same on every node
 * @param proposalId what was accepted or rolled back; null for the first release
 * @param tag {@code release-<no>}
 */
public record Accepted(String commit, @Nullable String proposalId, String title, Instant at, String tag) {}
