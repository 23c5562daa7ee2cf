/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

/**
 * One line of the table.
 *
 * @param ours median and 99th percentile, with their unit
 * @param peer the same of what stands beside it in the same run
 * @param ratio ours by peer, the median over the rounds
 * @param limit what the figure must stay under
 * @param held whether it does
 * @param bound what bounds it
 */
record Line(String measure, String ours, String peer, String ratio, String limit, boolean held, String bound) {}
