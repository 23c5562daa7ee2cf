/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.business.Businesses;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Figures of one period; margin is the gross margin, null without revenue. */
public record PeriodView(
        LocalDate from,
        LocalDate to,
        Cash revenue,
        Cash costOfGoods,
        Cash advertising,
        Cash otherCosts,
        Cash profit,
        @Nullable BigDecimal margin,
        long orders) {

    static PeriodView of(Businesses.Period period) {
        return new PeriodView(
                period.from(),
                period.to(),
                Cash.of(period.revenue()),
                Cash.of(period.costOfGoods()),
                Cash.of(period.advertising()),
                Cash.of(period.otherCosts()),
                Cash.of(period.profit()),
                period.margin(),
                period.orders());
    }
}
