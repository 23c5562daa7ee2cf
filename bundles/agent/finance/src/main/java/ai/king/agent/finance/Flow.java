/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * Money in and out over a span.
 *
 * @param revenue of completed orders, net of discounts
 * @param goods cost of what was shipped, returned goods too: they are written off
 * @param fixed costs that do not grow with the orders
 * @param variable costs that do
 * @param orders completed ones
 * @param withoutCost shipped lines whose article has no known cost
 */
record Flow(
        BigDecimal revenue,
        BigDecimal goods,
        BigDecimal advertising,
        BigDecimal fixed,
        BigDecimal variable,
        long orders,
        long withoutCost) {

    BigDecimal out() {
        return goods.add(advertising).add(fixed).add(variable);
    }

    BigDecimal profit() {
        return revenue.subtract(out());
    }

    /** Share of revenue left after the goods, 0..1; empty without revenue. */
    Optional<BigDecimal> grossMargin() {
        return share(revenue.subtract(goods));
    }

    /** Costs that grow with the orders as a share of revenue; empty without revenue. */
    Optional<BigDecimal> variableShare() {
        return share(goods.add(variable).add(advertising));
    }

    Optional<BigDecimal> expenseRatio() {
        return share(out());
    }

    private Optional<BigDecimal> share(BigDecimal part) {
        return revenue.signum() <= 0 ? Optional.empty() : Optional.of(part.divide(revenue, MathContext.DECIMAL32));
    }
}
