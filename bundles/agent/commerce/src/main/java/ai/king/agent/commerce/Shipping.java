/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ships orders that are ready through the shop, one call an order; an order has one place here, so it is shipped once. */
final class Shipping {

    private final Shop shop;
    private final Shop.Reading<Order> read;
    private final Coverage coverage;
    private final List<String> shipped = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    Shipping(Shop shop, Shop.Reading<Order> read, Coverage coverage) {
        this.shop = shop;
        this.read = read;
        this.coverage = coverage;
    }

    /** Ships; empty when each order has its row, else why the task ends here. */
    Optional<Outcome> perform(Asked asked, AgentContext context) {
        Map<String, Order> ready = new LinkedHashMap<>();
        coverage.ready().stream()
                .filter(order -> asked.wants(order.number()))
                .forEach(order -> ready.putIfAbsent(order.id(), order));
        if (read.refused().isPresent()) {
            return Optional.of(ended(ready, read.refused().get(), context));
        }
        for (Order order : ready.values()) {
            ToolResult result = shop.fulfil(order);
            if (result instanceof ToolResult.Ok) {
                shipped.add(order.number());
                rows.add(List.of(order.number(), "shipped"));
            } else if (result instanceof ToolResult.Failed failed && !failed.retriable()) {
                rows.add(List.of(order.number(), "not shipped: " + failed.reason()));
            } else {
                return Optional.of(ended(ready, result, context));
            }
        }
        asked.some().stream()
                .filter(number -> ready.values().stream()
                        .noneMatch(order -> order.number().equals(number)))
                .forEach(number -> rows.add(List.of(number, "not shipped: " + why(number))));
        return Optional.empty();
    }

    List<String> shipped() {
        return List.copyOf(shipped);
    }

    Report.Section section(List<Source> sources) {
        return new Report.Section(
                "Shipped",
                List.of(
                        rows.isEmpty()
                                ? new Report.Text("Nothing was shipped: no open order is ready.", sources)
                                : new Report.Table("Shipped through the shop", List.of("Order", ""), rows, sources)));
    }

    private String why(String number) {
        return coverage.waiting().entrySet().stream()
                .filter(entry -> entry.getKey().number().equals(number))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("no open order has this number");
    }

    /** The person who waits gets the list even though the act does not happen. */
    private Outcome ended(Map<String, Order> ready, ToolResult result, AgentContext context) {
        List<String> left = ready.values().stream()
                .map(Order::number)
                .filter(number -> !shipped.contains(number))
                .toList();
        context.note(left.size() + " orders can be shipped now: " + String.join(", ", left) + "; "
                + coverage.waiting().size() + " wait; shipped: " + shipped.size() + ".");
        if (result instanceof ToolResult.Missing missing) {
            return new Outcome.Declined(missing.missing().stream()
                    .map(each -> "to ship " + String.join(", ", left) + ": " + each)
                    .toList());
        }
        return new Outcome.Failed(
                Shop.reason(result), result instanceof ToolResult.Failed failed && failed.retriable());
    }
}
