/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * One article's stock at its last count.
 *
 * @param perDay pieces sold a day over the last four weeks
 */
record Article(String sku, String name, LocalDate counted, int onHand, int reorderPoint, BigDecimal perDay) {

    boolean low() {
        return onHand <= reorderPoint;
    }

    /** Full days the stock lasts, or "no sales". */
    String lasts() {
        return perDay.signum() == 0
                ? "no sales"
                : BigDecimal.valueOf(onHand)
                        .divide(perDay, 0, RoundingMode.FLOOR)
                        .toPlainString();
    }
}
