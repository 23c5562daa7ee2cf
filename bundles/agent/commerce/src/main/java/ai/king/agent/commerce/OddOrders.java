/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders that look wrong, each with the reason; whether they are is for a person to say. */
final class OddOrders {

    private static final int MOST_ROWS = 50;
    private static final BigDecimal FAR = new BigDecimal("3");
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final OrderBook book;
    private final Records products;
    private final LocalDate today;
    private final Map<String, Optional<BigDecimal>> prices = new HashMap<>();
    private final Map<String, String> seen = new HashMap<>();

    OddOrders(BusinessData business, OrderBook book, LocalDate today) {
        this.book = book;
        this.today = today;
        products = Inventory.all(business, "products");
        products.lines().forEach(line -> prices.put(line.text("sku"), Cells.decimal(line, "list_price")));
    }

    Report.Block block() {
        List<List<String>> rows = new ArrayList<>();
        book.records().lines().forEach(line -> {
            List<String> reasons = reasons(line);
            if (!reasons.isEmpty()) {
                rows.add(Orders.row(line, Optional.of(String.join("; ", reasons))));
            }
        });
        List<Source> sources = List.of(
                book.source("all", book.records().rows().size()),
                products.source("list_price", products.rows().size()),
                new Source.Formula(
                        "odd = a day to come, an unknown article, no quantity, a unit price of 3 times or a third "
                                + "of the list price, a discount of more than half, or the same customer, article, quantity, price and channel"
                                + " again on one day"));
        if (rows.isEmpty()) {
            return new Report.Text("No order looks wrong.", sources);
        }
        // The newest are those that somebody can still do something about.
        List<List<String>> shown = rows.stream()
                .sorted((a, b) -> b.get(1).equals(a.get(1))
                        ? a.get(0).compareTo(b.get(0))
                        : b.get(1).compareTo(a.get(1)))
                .limit(MOST_ROWS)
                .toList();
        return new Report.Table(
                rows.size() <= MOST_ROWS
                        ? "Orders that look wrong"
                        : "Orders that look wrong, the newest " + MOST_ROWS + " of " + rows.size(),
                List.of("Order", "Day", "Article", "Quantity", "Unit price", "Amount", "State", "Why"),
                shown,
                sources);
    }

    private List<String> reasons(Records.Line line) {
        List<String> reasons = new ArrayList<>();
        String sku = line.text("sku");
        BigDecimal quantity = Cells.decimal(line, "quantity").orElse(BigDecimal.ZERO);
        BigDecimal price = Cells.decimal(line, "unit_price").orElse(BigDecimal.ZERO);
        if (line.date("date").isAfter(today)) {
            reasons.add("its day is to come");
        }
        if (!products.isEmpty() && !prices.containsKey(sku)) {
            reasons.add("no such article among the products");
        }
        if (quantity.signum() <= 0) {
            reasons.add("no quantity");
        }
        prices.getOrDefault(sku, Optional.empty())
                .filter(list -> price.compareTo(list.multiply(FAR)) >= 0
                        || price.multiply(FAR).compareTo(list) <= 0)
                .ifPresent(list -> reasons.add("the list price is " + list.toPlainString()));
        BigDecimal discount = Cells.decimal(line, "discount").orElse(BigDecimal.ZERO);
        if (discount.compareTo(price.multiply(quantity).multiply(HALF)) > 0) {
            reasons.add("a discount of more than half");
        }
        twin(line, quantity, price, discount).ifPresent(before -> reasons.add("the same as " + before));
        return reasons;
    }

    /** The order before this one that looks the same; without a customer nobody can say so. */
    private Optional<String> twin(Records.Line line, BigDecimal quantity, BigDecimal price, BigDecimal discount) {
        if (Cells.text(line, "customer_id").isEmpty()) {
            return Optional.empty();
        }
        String same = String.join(
                "\u001f",
                Cells.text(line, "customer_id"),
                line.text("date"),
                line.text("sku"),
                quantity.toPlainString(),
                price.toPlainString(),
                discount.toPlainString(),
                Cells.text(line, "channel"));
        return Optional.ofNullable(seen.putIfAbsent(same, line.text("order_id")))
                .filter(before -> !before.equals(line.text("order_id")));
    }
}
