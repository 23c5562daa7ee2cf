/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import java.util.List;

/**
 * Rows of one kind of record.
 *
 * @param kind kind of record
 * @param columns names of the columns
 * @param rows cells in column order: String, BigDecimal, Long or LocalDate
 * @param digest SHA-256 (lower-case hex) over columns and rows; the same rows have the same digest
 */
public record Records(String kind, List<String> columns, List<List<Object>> rows, String digest) {

    /** The index of a column; throws {@link IllegalArgumentException} when there is none. */
    public int column(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(kind + " has no column " + name);
        }
        return index;
    }
}
