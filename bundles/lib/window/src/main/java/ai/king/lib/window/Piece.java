/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.window;

/** One text; within a part the oldest comes first and is the first to go. */
public record Piece(Part part, String name, String text) {}
