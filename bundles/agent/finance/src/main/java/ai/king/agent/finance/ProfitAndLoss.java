/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profit and loss by month. */
final class ProfitAndLoss implements Statement {

    private static final String HEADING = "Profit and loss";

    private final int months;

    ProfitAndLoss(int months) {
        this.months = months;
    }

    @Override
    public Result of(Books books) {
        Optional<LocalDate> last = books.lastDay();
        if (last.isEmpty()) {
            return Result.noData(HEADING, "records of kind orders");
        }
        YearMonth end = YearMonth.from(last.get());
        YearMonth start = end.minusMonths(months - 1L);
        YearMonth first = YearMonth.from(books.sales().get(0).day());
        List<List<String>> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Double> revenue = new ArrayList<>();
        List<Double> profit = new ArrayList<>();
        for (YearMonth month = first.isAfter(start) ? first : start; !month.isAfter(end); month = month.plusMonths(1)) {
            Flow flow = books.flow(month);
            rows.add(row(month.toString(), flow));
            labels.add(month.toString());
            revenue.add(flow.revenue().doubleValue());
            profit.add(flow.profit().doubleValue());
        }
        YearMonth from = YearMonth.parse(labels.get(0));
        Flow total = books.flow(from.atDay(1), end.atEndOfMonth());
        rows.add(row("Sum", total));
        List<Source> sources = books.sources(
                from.atDay(1),
                end.atEndOfMonth(),
                "revenue = quantity x unit_price - discount of completed orders; goods = quantity x present unit_cost of completed"
                        + " and returned ones; profit = revenue - goods - advertising - variable - fixed");
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure(
                "Profit " + from + " to " + end, Numbers.money(total.profit()), books.currency(), sources));
        blocks.add(new Report.Table(
                "By month, " + books.currency(),
                List.of("Month", "Revenue", "Goods", "Advertising", "Variable", "Fixed", "Profit", "Gross margin"),
                rows,
                sources));
        blocks.add(new Report.Chart(
                "Revenue and profit by month",
                Report.Chart.Kind.BAR,
                labels,
                List.of(
                        new Report.Series("revenue", revenue, List.of(), List.of()),
                        new Report.Series("profit", profit, List.of(), List.of())),
                books.currency(),
                sources));
        if (total.withoutCost() > 0) {
            blocks.add(new Report.Text(
                    total.withoutCost()
                            + " order lines are of articles without a known cost; their goods count as nothing.",
                    sources));
        }
        return Result.of(HEADING, blocks, Map.of("pnl", data(total)));
    }

    private static List<String> row(String label, Flow flow) {
        return List.of(
                label,
                Numbers.money(flow.revenue()),
                Numbers.money(flow.goods()),
                Numbers.money(flow.advertising()),
                Numbers.money(flow.variable()),
                Numbers.money(flow.fixed()),
                Numbers.money(flow.profit()),
                flow.grossMargin().map(Numbers::percent).orElse("no data"));
    }

    private static Map<String, Object> data(Flow flow) {
        return Map.of(
                "revenue", Numbers.data(flow.revenue()),
                "goods", Numbers.data(flow.goods()),
                "advertising", Numbers.data(flow.advertising()),
                "variable", Numbers.data(flow.variable()),
                "fixed", Numbers.data(flow.fixed()),
                "profit", Numbers.data(flow.profit()),
                "grossMargin", flow.grossMargin().map(BigDecimal::toPlainString).orElse("no data"));
    }
}
