/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

/** Where a figure or a statement comes from. */
public sealed interface Source {

    /**
     * Rows of the business's records.
     *
     * @param kind kind of record, such as {@code orders}
     * @param filter which rows, in words a person can repeat: {@code 2026-07-01..2026-09-30, status completed}
     * @param count number of rows
     * @param digest SHA-256 (hex) of the rows as {@link Records#digest()} gives it
     */
    record Rows(String kind, String filter, long count, String digest) implements Source {}

    /** A passage of a document: its id, its name, and the words quoted. */
    record Passage(String documentId, String name, String quote) implements Source {}

    /** The output of an earlier step, by step name. */
    record Step(String name) implements Source {}

    /** A formula over the other sources, in words: {@code revenue - cost of goods}. */
    record Formula(String text) implements Source {}

    /** Text from outside: a page or a search result. */
    record Web(String url, String title) implements Source {}
}
