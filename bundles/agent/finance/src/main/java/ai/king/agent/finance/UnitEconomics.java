/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one order and one customer bring, over the last 365 days. */
final class UnitEconomics implements Statement {

    private static final String HEADING = "Unit economics";
    private static final int DAYS = 365;

    @Override
    public Result of(Books books) {
        Optional<LocalDate> last = books.lastDay();
        LocalDate from = last.map(day -> day.minusDays(DAYS - 1L)).orElse(LocalDate.MIN);
        Flow flow = last.map(day -> books.flow(from, day)).orElse(null);
        if (last.isEmpty() || flow == null || flow.orders() == 0) {
            return Result.noData(HEADING, "records of kind orders");
        }
        BigDecimal orders = BigDecimal.valueOf(flow.orders());
        BigDecimal value = per(flow.revenue(), orders);
        BigDecimal goods = per(flow.goods(), orders);
        BigDecimal variable = per(flow.variable(), orders);
        BigDecimal contribution = value.subtract(goods).subtract(variable);
        long newcomers = newcomers(books, from, last.get());
        List<Source> sources = books.sources(
                from,
                last.get(),
                "each sum / completed orders; contribution = value - goods - variable costs; cost of a new customer = advertising /"
                        + " customers whose first order lies in the span; orders of a customer = all completed orders / all customers");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Value of an order", Numbers.money(value)));
        rows.add(List.of("Goods", Numbers.money(goods)));
        rows.add(List.of("Variable costs (shipping, fees, packaging)", Numbers.money(variable)));
        rows.add(List.of("Contribution of an order before advertising", Numbers.money(contribution)));
        Map<String, Object> data = new HashMap<>();
        data.put("orderValue", Numbers.data(value));
        data.put("contribution", Numbers.data(contribution));
        if (newcomers > 0 && flow.advertising().signum() > 0) {
            BigDecimal acquisition = per(flow.advertising(), BigDecimal.valueOf(newcomers));
            BigDecimal lifetime = contribution.multiply(ordersOfACustomer(books));
            rows.add(List.of("Cost of a new customer", Numbers.money(acquisition)));
            rows.add(List.of("Contribution of a customer so far", Numbers.money(lifetime)));
            rows.add(List.of("Customer value / acquisition cost", Numbers.money(per(lifetime, acquisition))));
            data.put("acquisitionCost", Numbers.data(acquisition));
            data.put("customerValue", Numbers.data(lifetime));
        }
        return Result.of(
                HEADING,
                List.of(new Report.Table(
                        "Last " + DAYS + " days, " + books.currency(),
                        List.of("Of one order or customer", "Amount"),
                        rows,
                        sources)),
                Map.of("unitEconomics", data));
    }

    private static BigDecimal per(BigDecimal sum, BigDecimal count) {
        return sum.divide(count, MathContext.DECIMAL64);
    }

    private static long newcomers(Books books, LocalDate from, LocalDate to) {
        Map<String, LocalDate> first = new HashMap<>();
        books.sales().stream()
                .filter(Books.Sale::completed)
                .forEach(sale -> first.putIfAbsent(sale.customer(), sale.day()));
        return first.values().stream()
                .filter(day -> !day.isBefore(from) && !day.isAfter(to))
                .count();
    }

    private static BigDecimal ordersOfACustomer(Books books) {
        List<Books.Sale> done =
                books.sales().stream().filter(Books.Sale::completed).toList();
        long customers = done.stream().map(Books.Sale::customer).distinct().count();
        return per(BigDecimal.valueOf(done.size()), BigDecimal.valueOf(customers));
    }
}
