/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

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

    /** Whether there is no row: say "no data", never zero. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rows, each with its cells by column name. */
    public Stream<Line> lines() {
        return rows.stream().map(cells -> new Line(this, cells));
    }

    /** This table as the source of a figure made from {@code count} of its rows. */
    public Source.Rows source(String filter, long count) {
        return new Source.Rows(kind, filter, count, digest);
    }

    /** One row; every method throws {@link IllegalArgumentException} for an unknown column or a cell of another type. */
    public record Line(Records table, List<Object> cells) {

        public String text(String column) {
            return cells.get(table.column(column)).toString();
        }

        public BigDecimal decimal(String column) {
            String cell = text(column);
            try {
                return new BigDecimal(cell);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(table.kind + "." + column + " is no number: " + cell, e);
            }
        }

        public double number(String column) {
            return decimal(column).doubleValue();
        }

        public LocalDate date(String column) {
            if (cells.get(table.column(column)) instanceof LocalDate day) {
                return day;
            }
            throw new IllegalArgumentException(table.kind + "." + column + " is no date");
        }
    }
}
