/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The orders in the records: what their column {@code status} says, and nothing it does not say. */
final class OrderBook {

    private final Records records;
    private final Set<String> openStates;
    private final Set<String> states = new TreeSet<>();

    OrderBook(BusinessData business, Set<String> openStates) {
        records = Inventory.all(business, "orders");
        this.openStates = openStates;
        records.lines()
                .map(line -> Cells.text(line, "status"))
                .filter(state -> !state.isEmpty())
                .forEach(states::add);
    }

    Records records() {
        return records;
    }

    /** The words that stand in the column, in their order. */
    Set<String> states() {
        return states;
    }

    /** Whether any order has a state that means it is still to be shipped; without one nobody can tell what is open. */
    boolean tellsOpen() {
        return states.stream().anyMatch(openStates::contains);
    }

    /** Why the records cannot tell the orders of a state. */
    String silence(String state) {
        if (!Cells.has(records, "status")) {
            return "records of kind orders have no column status";
        }
        return "the column status of orders holds " + (states.isEmpty() ? "nothing" : String.join(", ", states))
                + ", and no " + state;
    }

    /** The rows of a state as the source of a figure. */
    Source source(String filter, long count) {
        return records.source(filter, count);
    }

    /** What a row is worth; lines without a discount have none. */
    static BigDecimal worth(Records.Line line) {
        BigDecimal price = Cells.decimal(line, "unit_price").orElse(BigDecimal.ZERO);
        BigDecimal quantity = Cells.decimal(line, "quantity").orElse(BigDecimal.ZERO);
        return price.multiply(quantity)
                .subtract(Cells.decimal(line, "discount").orElse(BigDecimal.ZERO))
                .setScale(2, RoundingMode.HALF_EVEN);
    }

    /** The open orders, in the order they came; several rows of one number are one order. */
    List<Order> open() {
        Map<String, List<Records.Line>> byId = new LinkedHashMap<>();
        records.lines()
                .filter(line -> openStates.contains(Cells.text(line, "status")))
                .forEach(line -> byId.computeIfAbsent(line.text("order_id"), unused -> new ArrayList<>())
                        .add(line));
        return byId.entrySet().stream()
                .map(entry -> order(entry.getKey(), entry.getValue()))
                .sorted(Order.COMING)
                .toList();
    }

    private static Order order(String id, List<Records.Line> lines) {
        BigDecimal amount = lines.stream().map(OrderBook::worth).reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Order.Piece> pieces = lines.stream()
                .map(line -> new Order.Piece(
                        line.text("sku"), Cells.decimal(line, "quantity").orElse(BigDecimal.ZERO)))
                .toList();
        return new Order(
                id, id, lines.get(0).date("date"), lines.get(0).text("status"), pieces, amount.toPlainString(), "");
    }
}
