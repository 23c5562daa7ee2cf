/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.window;

import java.util.List;

/**
 * What fits.
 *
 * @param pieces in the order of the parts
 * @param leftOut a line for each part that did not fit whole
 * @param budget tokens that were to be shared out
 * @param tokenizer by which they were counted
 */
public record Fitted(List<Piece> pieces, List<String> leftOut, int budget, String tokenizer) {}
