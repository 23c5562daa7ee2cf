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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the tools of the shop tell, and what can be asked of them; without a shop each answers why. */
final class Shop {

    static final String PRODUCTS = "shopify.products";
    static final String ORDERS = "shopify.orders";
    static final String DRAFT = "shopify.draft_product";
    static final String PUBLISH = "shopify.publish_product";
    static final String FULFIL = "shopify.fulfil_order";

    /** More at once costs more than a shop lets one request cost. */
    private static final int A_CALL = 40;

    private static final int MOST_CALLS = 50;
    private static final int LONGEST = 120;
    private static final Set<String> WAITING = Set.of("UNFULFILLED", "PARTIALLY_FULFILLED", "OPEN");
    private static final Set<String> DELIVERED = Set.of("FULFILLED", "RESTOCKED");

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
        return pages(PRODUCTS, Map.of("products", A_CALL), "articles", Shop::listed);
    }

    /** The orders that the shop still has to deliver, in the order they came. */
    Reading<Order> open() {
        Reading<Optional<Order>> read = pages(ORDERS, Map.of("orders", A_CALL, "open", true), "orders", Shop::order);
        List<Order> open = read.found().stream()
                .flatMap(Optional::stream)
                .filter(order -> !DELIVERED.contains(order.state()))
                .sorted(Order.COMING)
                .toList();
        return new Reading<>(open, read.refused(), read.cut());
    }

    private <T> Reading<T> pages(String tool, Map<String, Object> arguments, String list, Function<Map<?, ?>, T> made) {
        List<T> all = new ArrayList<>();
        Map<String, Object> asked = new LinkedHashMap<>(arguments);
        for (int i = 0; i < MOST_CALLS; i++) {
            ToolResult result = context.call(tool, Map.copyOf(asked));
            if (!(result instanceof ToolResult.Ok ok)) {
                return new Reading<>(List.of(), Optional.of(result), false);
            }
            maps(ok.data().get(list)).forEach(each -> all.add(made.apply(each)));
            String next = text(ok.data(), "next");
            if (next.isEmpty()) {
                return new Reading<>(List.copyOf(all), Optional.empty(), false);
            }
            asked.put("after", next);
        }
        return new Reading<>(List.copyOf(all), Optional.empty(), true);
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
