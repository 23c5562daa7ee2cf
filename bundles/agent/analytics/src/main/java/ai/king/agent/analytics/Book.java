/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The records of a business, read once and typed. */
final class Book {

    /** One order line; its value is quantity x price - discount, and only a completed one is revenue. */
    record Order(
            String id,
            LocalDate day,
            String customer,
            String sku,
            int quantity,
            BigDecimal price,
            BigDecimal discount,
            String status) {

        boolean completed() {
            return status.equals("completed");
        }

        boolean sameSaleAs(Order other) {
            return day.equals(other.day)
                    && customer.equals(other.customer)
                    && sku.equals(other.sku)
                    && quantity == other.quantity
                    && price.compareTo(other.price) == 0
                    && discount.compareTo(other.discount) == 0;
        }

        double value() {
            return price.doubleValue() * quantity - discount.doubleValue();
        }
    }

    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final BusinessData business;
    private final Map<String, Records> tables = new HashMap<>();
    private final List<Order> orders;
    private final Optional<LocalDate> lastDay;

    private Book(BusinessData business) {
        this.business = business;
        orders = table("orders")
                .lines()
                .map(line -> new Order(
                        line.text("order_id"),
                        line.date("date"),
                        line.text("customer_id"),
                        line.text("sku"),
                        line.decimal("quantity").intValue(),
                        line.decimal("unit_price"),
                        line.decimal("discount"),
                        line.text("status")))
                .sorted(Comparator.comparing(Order::day).thenComparing(Order::id))
                .toList();
        lastDay = orders.isEmpty()
                ? Optional.empty()
                : Optional.of(orders.get(orders.size() - 1).day());
    }

    static Book of(BusinessData business) {
        return new Book(business);
    }

    Records table(String kind) {
        return tables.computeIfAbsent(kind, name -> business.records(name, FIRST, LAST));
    }

    String currency() {
        return business.profile().getOrDefault("currency", "");
    }

    List<Order> orders() {
        return orders;
    }

    List<Order> orders(Period period) {
        return orders.stream().filter(order -> period.contains(order.day())).toList();
    }

    /** The day of the last order: what "now" means for these records. */
    Optional<LocalDate> lastDay() {
        return lastDay;
    }

    /** The last quarter whose every day lies in the records; empty without orders. */
    Optional<Period> lastQuarter() {
        return lastDay.map(day -> {
            Period quarter = Period.quarterOf(day);
            return quarter.to().equals(day) ? quarter : quarter.before();
        });
    }

    /** Sums by day over completed orders; days without any are zero, because the shop was open. */
    SortedMap<LocalDate, Double> daily(ToDoubleFunction<Order> value) {
        TreeMap<LocalDate, Double> days = new TreeMap<>();
        if (orders.isEmpty()) {
            return days;
        }
        LocalDate end = orders.get(orders.size() - 1).day();
        for (LocalDate day = orders.get(0).day(); !day.isAfter(end); day = day.plusDays(1)) {
            days.put(day, 0.0);
        }
        orders.stream()
                .filter(Order::completed)
                .forEach(order -> days.merge(order.day(), value.applyAsDouble(order), Double::sum));
        return days;
    }

    Source source(String kind, String filter, long count) {
        return table(kind).source(filter, count);
    }

    /** All orders of a period that fulfil a condition, as the source of a figure. */
    Source source(Period period, String condition, Predicate<Order> filter) {
        return source(
                "orders",
                period + ", " + condition,
                orders(period).stream().filter(filter).count());
    }
}
