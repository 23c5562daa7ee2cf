/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The records of a business as a bookkeeper reads them, each kind read once. */
final class Books {

    /** Categories that do not grow with the orders. */
    static final Set<String> FIXED = Set.of("rent", "salaries", "software", "insurance");

    private static final String BALANCE = "cash_balance";
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    /** One order line; cost is of its goods at the present unit cost, null when the article is unknown. */
    record Sale(
            LocalDate day, String customer, String status, int quantity, BigDecimal value, Optional<BigDecimal> cost) {

        boolean completed() {
            return status.equals("completed");
        }

        /** Goods left the shop: completed, or returned and written off. */
        boolean shipped() {
            return !status.equals("cancelled");
        }
    }

    record Cost(LocalDate day, String category, BigDecimal amount) {}

    private final BusinessData business;
    private final Map<String, Records> tables = new HashMap<>();
    private final List<Sale> sales;
    private final List<Cost> costs;
    private final TreeMap<LocalDate, BigDecimal> balances = new TreeMap<>();

    private Books(BusinessData business) {
        this.business = business;
        Map<String, BigDecimal> unitCosts = new HashMap<>();
        table("products").lines().forEach(line -> unitCosts.put(line.text("sku"), line.decimal("unit_cost")));
        sales = table("orders")
                .lines()
                .map(line -> sale(line, unitCosts))
                .sorted(Comparator.comparing(Sale::day))
                .toList();
        costs = table("costs")
                .lines()
                .filter(line -> !line.text("category").equals(BALANCE))
                .map(line -> new Cost(line.date("date"), line.text("category"), line.decimal("amount")))
                .toList();
        table("costs")
                .lines()
                .filter(line -> line.text("category").equals(BALANCE))
                .forEach(line -> balances.put(line.date("date"), line.decimal("amount")));
    }

    static Books of(BusinessData business) {
        return new Books(business);
    }

    private static Sale sale(Records.Line line, Map<String, BigDecimal> unitCosts) {
        BigDecimal quantity = line.decimal("quantity");
        return new Sale(
                line.date("date"),
                line.text("customer_id"),
                line.text("status"),
                quantity.intValue(),
                line.decimal("unit_price").multiply(quantity).subtract(line.decimal("discount")),
                Optional.ofNullable(unitCosts.get(line.text("sku"))).map(quantity::multiply));
    }

    Records table(String kind) {
        return tables.computeIfAbsent(kind, name -> business.records(name, FIRST, LAST));
    }

    String currency() {
        return business.profile().getOrDefault("currency", "");
    }

    List<Sale> sales() {
        return sales;
    }

    List<Cost> costs() {
        return costs;
    }

    /** The day of the last order. */
    Optional<LocalDate> lastDay() {
        return sales.isEmpty()
                ? Optional.empty()
                : Optional.of(sales.get(sales.size() - 1).day());
    }

    /** The last known balance at the start of a day, and that day. */
    Optional<Map.Entry<LocalDate, BigDecimal>> balance() {
        return Optional.ofNullable(balances.lastEntry());
    }

    /** What came in and went out from one day to another, both included. */
    Flow flow(LocalDate from, LocalDate to) {
        BigDecimal revenue = BigDecimal.ZERO;
        BigDecimal goods = BigDecimal.ZERO;
        long orders = 0;
        long unknown = 0;
        for (Sale sale : sales) {
            if (!sale.day().isBefore(from) && !sale.day().isAfter(to) && sale.shipped()) {
                revenue = sale.completed() ? revenue.add(sale.value()) : revenue;
                orders += sale.completed() ? 1 : 0;
                goods = goods.add(sale.cost().orElse(BigDecimal.ZERO));
                unknown += sale.cost().isEmpty() ? 1 : 0;
            }
        }
        BigDecimal fixed = BigDecimal.ZERO;
        BigDecimal variable = BigDecimal.ZERO;
        for (Cost cost : costs) {
            if (!cost.day().isBefore(from) && !cost.day().isAfter(to)) {
                if (FIXED.contains(cost.category())) {
                    fixed = fixed.add(cost.amount());
                } else {
                    variable = variable.add(cost.amount());
                }
            }
        }
        BigDecimal advertising = table("advertising")
                .lines()
                .filter(line ->
                        !line.date("date").isBefore(from) && !line.date("date").isAfter(to))
                .map(line -> line.decimal("spend"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Flow(revenue, goods, advertising, fixed, variable, orders, unknown);
    }

    Flow flow(YearMonth month) {
        return flow(month.atDay(1), month.atEndOfMonth());
    }

    /** Where the figures of a span come from. */
    List<Source> sources(LocalDate from, LocalDate to, String formula) {
        String span = from + ".." + to;
        return List.of(
                table("orders").source(span + ", completed and returned", count("orders", from, to)),
                table("products").source("unit_cost", table("products").rows().size()),
                table("costs").source(span, count("costs", from, to)),
                table("advertising").source(span, count("advertising", from, to)),
                new Source.Formula(formula));
    }

    private long count(String kind, LocalDate from, LocalDate to) {
        return table(kind)
                .lines()
                .filter(line ->
                        !line.date("date").isBefore(from) && !line.date("date").isAfter(to))
                .count();
    }
}
