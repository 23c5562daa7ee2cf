/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

/** What became of reading a document. */
public sealed interface Reading {

    /**
     * Its text.
     *
     * @param pages 1 where a format has none
     */
    record Text(String text, int pages) implements Reading {}

    /** It has no text that can be had, with the reason in words for a person. */
    record Unreadable(String reason) implements Reading {}
}
