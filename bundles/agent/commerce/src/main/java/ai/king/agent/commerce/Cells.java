/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.Records;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** Cells that a record may lack: an empty one, and one of a column that is not there, is no value and never zero. */
final class Cells {

    private Cells() {}

    static boolean has(Records records, String column) {
        return records.columns().contains(column);
    }

    static String text(Records.Line line, String column) {
        return has(line.table(), column) ? line.text(column) : "";
    }

    static Optional<BigDecimal> decimal(Records.Line line, String column) {
        return text(line, column).isEmpty() ? Optional.empty() : Optional.of(line.decimal(column));
    }

    static Optional<LocalDate> date(Records.Line line, String column) {
        return text(line, column).isEmpty() ? Optional.empty() : Optional.of(line.date(column));
    }
}
