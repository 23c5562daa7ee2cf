/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many orders a month pay the fixed costs, by the last three full months. */
final class BreakEven implements Statement {

    private static final String HEADING = "Break-even";
    private static final int MONTHS = 3;

    @Override
    public Result of(Books books) {
        Optional<LocalDate> last = books.lastDay();
        if (last.isEmpty() || books.costs().isEmpty()) {
            return Result.noData(HEADING, "records of kind orders", "records of kind costs");
        }
        YearMonth end = YearMonth.from(last.get().plusDays(1)).minusMonths(1);
        LocalDate from = end.minusMonths(MONTHS - 1L).atDay(1);
        Flow flow = books.flow(from, end.atEndOfMonth());
        List<Source> sources = books.sources(
                from,
                end.atEndOfMonth(),
                "fixed costs a month / ((revenue - goods - variable - advertising) / orders); fixed are "
                        + String.join(", ", Books.FIXED.stream().sorted().toList()));
        if (flow.orders() == 0) {
            return Result.noData(HEADING, "orders in " + from + ".." + end.atEndOfMonth());
        }
        BigDecimal months = BigDecimal.valueOf(MONTHS);
        BigDecimal fixed = flow.fixed().divide(months, MathContext.DECIMAL64);
        BigDecimal contribution = flow.revenue()
                .subtract(flow.goods())
                .subtract(flow.variable())
                .subtract(flow.advertising())
                .divide(BigDecimal.valueOf(flow.orders()), MathContext.DECIMAL64);
        BigDecimal now = BigDecimal.valueOf(flow.orders()).divide(months, 0, RoundingMode.HALF_EVEN);
        if (contribution.signum() <= 0) {
            return Result.of(
                    HEADING,
                    List.of(new Report.Advice(
                            "No number of orders pays the fixed costs: an order loses "
                                    + Numbers.money(contribution.negate()) + " " + books.currency(),
                            "goods, variable costs and advertising take more than the order brings",
                            sources)),
                    Map.of("breakEven", Map.of("ordersPerMonth", "never")));
        }
        BigDecimal needed = fixed.divide(contribution, 0, RoundingMode.CEILING);
        return Result.of(
                HEADING,
                List.of(
                        new Report.Figure(
                                "Orders a month that pay the fixed costs", needed.toPlainString(), "orders", sources),
                        new Report.Figure("Orders a month now", now.toPlainString(), "orders", sources)),
                Map.of(
                        "breakEven",
                        Map.of("ordersPerMonth", needed.toPlainString(), "ordersNow", now.toPlainString())));
    }
}
