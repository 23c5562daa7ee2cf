/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.AgentContext;
import ai.king.tool.ToolResult;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tools of the shop tell, and what can be asked of them; without a shop each answers why. */
final class Shop {

    static final String PRODUCTS = "shopify.products";
    static final String ORDERS = "shopify.orders";
    static final String DRAFT = "shopify.draft_product";
    static final String PUBLISH = "shopify.publish_product";
    static final String FULFIL = "shopify.fulfil_order";

    private static final int A_CALL = 250;
    private static final int MOST_CALLS = 20;
    private static final int LONGEST = 120;
    private static final Set<String> WAITING = Set.of("UNFULFILLED", "PARTIALLY_FULFILLED", "OPEN");

    private final AgentContext context;

    Shop(AgentContext context) {
        this.context = context;
    }

    /** One variant of an article of the shop. */
    record Listed(String product, String sku, String title, String price, String status) {

        boolean onSale() {
            return status.equals("ACTIVE");
        }
    }

    /**
     * What was read.
     *
     * @param refused why nothing was; empty when the shop answered
     * @param cut whether the shop holds more than was read
     */
    record Reading<T>(List<T> found, Optional<ToolResult> refused, boolean cut) {

        /** In words, why there is nothing; empty when the shop answered. */
        List<String> missing() {
            return refused.map(result -> result instanceof ToolResult.Missing missing
                            ? missing.missing()
                            : List.of("an answer of the shop: " + Shop.reason(result)))
                    .orElse(List.of());
        }
    }

    Reading<Listed> articles() {
        List<Listed> all = new ArrayList<>();
        String after = "";
        for (int i = 0; i < MOST_CALLS; i++) {
            Map<String, Object> arguments = new LinkedHashMap<>(Map.of("products", A_CALL));
            if (!after.isEmpty()) {
                arguments.put("after", after);
            }
            ToolResult result = context.call(PRODUCTS, arguments);
            if (!(result instanceof ToolResult.Ok ok)) {
                return new Reading<>(List.of(), Optional.of(result), false);
            }
            maps(ok.data().get("articles")).forEach(each -> all.add(listed(each)));
            after = text(ok.data(), "next");
            if (after.isEmpty()) {
                return new Reading<>(List.copyOf(all), Optional.empty(), false);
            }
        }
        return new Reading<>(List.copyOf(all), Optional.empty(), true);
    }

    /** The orders that the shop still has to deliver, in the order they came. */
    Reading<Order> open() {
        ToolResult result = context.call(ORDERS, Map.of("orders", A_CALL, "open", true));
        if (!(result instanceof ToolResult.Ok ok)) {
            return new Reading<>(List.of(), Optional.of(result), false);
        }
        List<Map<?, ?>> answered = maps(ok.data().get("orders"));
        List<Order> orders = answered.stream()
                .filter(each -> !Set.of("FULFILLED", "RESTOCKED").contains(text(each, "delivery")))
                .flatMap(each -> order(each).stream())
                .sorted(Order.COMING)
                .toList();
        return new Reading<>(orders, Optional.empty(), answered.size() >= A_CALL);
    }

    ToolResult fulfil(Order order) {
        return context.call(FULFIL, Map.of("order", order.id()));
    }

    ToolResult draft(String sku, String title, String price) {
        return context.call(DRAFT, Map.of("title", title, "price", price, "sku", sku));
    }

    ToolResult publish(String product) {
        return context.call(PUBLISH, Map.of("product", product));
    }

    static String reason(ToolResult result) {
        if (result instanceof ToolResult.Failed failed) {
            return failed.reason();
        }
        if (result instanceof ToolResult.Unknown unknown) {
            return unknown.reason();
        }
        return result instanceof ToolResult.Missing missing ? String.join(", ", missing.missing()) : "";
    }

    private static Listed listed(Map<?, ?> article) {
        return new Listed(
                text(article, "product"),
                text(article, "sku"),
                text(article, "title"),
                text(article, "price"),
                text(article, "status"));
    }

    private static Optional<Order> order(Map<?, ?> each) {
        try {
            List<Order.Piece> pieces = maps(each.get("lines")).stream()
                    .map(line -> new Order.Piece(text(line, "sku"), new BigDecimal(text(line, "quantity"))))
                    .filter(piece -> piece.quantity().signum() > 0)
                    .toList();
            String at = text(each, "at");
            return Optional.of(new Order(
                    text(each, "id"),
                    text(each, "number"),
                    LocalDate.parse(at.substring(0, Math.min(10, at.length()))),
                    text(each, "delivery"),
                    Boolean.TRUE.equals(each.get("moreLines")) ? List.of() : pieces,
                    text(each, "amount"),
                    hold(text(each, "payment"), text(each, "delivery"))));
        } catch (DateTimeException | NumberFormatException noOrder) {
            return Optional.empty();
        }
    }

    private static String hold(String payment, String delivery) {
        if (!payment.equals("PAID")) {
            return "not paid: " + payment;
        }
        return WAITING.contains(delivery) ? "" : "held back by the shop: " + delivery;
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            });
        }
        return maps;
    }

    private static String text(Map<?, ?> map, String name) {
        Object value = map.get(name);
        String text = value == null ? "" : value.toString();
        return text.length() <= LONGEST || name.equals("next") ? text : text.substring(0, LONGEST);
    }
}
