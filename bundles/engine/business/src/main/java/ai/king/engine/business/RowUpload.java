/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes rows that came as JSON objects; the number of a line is the number of the object, from 1. */
final class RowUpload {

    private final RecordKind kind;
    private final Lines lines;

    RowUpload(RecordKind kind, Lines lines) {
        this.kind = kind;
        this.lines = lines;
    }

    void read(List<Map<String, Object>> rows) {
        long line = 0;
        for (Map<String, Object> row : rows) {
            line++;
            try {
                lines.good(line, cells(row));
            } catch (BadCell bad) {
                lines.bad(line, bad.reason());
            }
        }
    }

    private @Nullable Object[] cells(Map<String, Object> row) {
        row.keySet().stream()
                .filter(name -> !kind.columnNames().contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadCell("unknown column " + Names.shown(name));
                });
        @Nullable Object[] cells = new @Nullable Object[kind.columns().size()];
        for (int i = 0; i < cells.length; i++) {
            Column column = kind.columns().get(i);
            cells[i] = column.parse(text(column, row.get(column.name())));
        }
        kind.check(cells);
        return cells;
    }

    private static String text(Column column, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof BigDecimal number) {
            // 1E+400000000 would need as many digits in plain form.
            if (Math.abs((long) number.scale()) > 30 || number.precision() > 30) {
                throw new BadCell(column.name() + " has too many digits");
            }
            return number.toPlainString();
        }
        if (value instanceof Number number) {
            return number.toString();
        }
        throw new BadCell(column.name() + " must be a text or a number");
    }
}
