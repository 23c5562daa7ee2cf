/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory;

/**
 * An entry that was recalled.
 *
 * @param score cosine similarity, -1 to 1; 1 for recall by filter alone
 */
public record Recalled(Entry entry, double score) {}
