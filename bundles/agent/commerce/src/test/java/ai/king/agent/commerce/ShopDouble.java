/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.kit.FakeContext;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools of a shop at the context: its articles and open orders; an order is delivered once. */
final class ShopDouble {

    final List<Map<String, Object>> articles = new ArrayList<>();
    final Map<String, Map<String, Object>> orders = new LinkedHashMap<>();
    ToolResult fulfilled = ToolResult.ok(Map.of("status", "FULFILLED"));

    ShopDouble article(String sku, String price, String status) {
        articles.add(Map.of(
                "product",
                "gid://shopify/Product/" + (articles.size() + 1),
                "sku",
                sku,
                "title",
                "Title of " + sku,
                "price",
                price,
                "status",
                status));
        return this;
    }

    ShopDouble order(int number, String day, String payment, String sku, int quantity) {
        orders.put(
                "gid://shopify/Order/" + number,
                Map.of(
                        "id",
                        "gid://shopify/Order/" + number,
                        "number",
                        "#" + number,
                        "at",
                        day + "T10:00:00Z",
                        "payment",
                        payment,
                        "delivery",
                        "UNFULFILLED",
                        "amount",
                        "49.00",
                        "lines",
                        List.of(Map.of("sku", sku, "quantity", quantity))));
        return this;
    }

    FakeContext at(FakeContext context) {
        return context.with(spec(Shop.PRODUCTS, Effect.READ_OUTSIDE), this::page)
                .with(
                        spec(Shop.ORDERS, Effect.READ_OUTSIDE),
                        arguments -> ToolResult.ok(Map.of("orders", List.copyOf(orders.values()))))
                .with(
                        spec(Shop.DRAFT, Effect.WRITE),
                        arguments -> ToolResult.ok(Map.of("product", "gid://shopify/Product/99")))
                .with(spec(Shop.PUBLISH, Effect.PUBLISH), arguments -> ToolResult.ok(Map.of("status", "ACTIVE")))
                .with(spec(Shop.FULFIL, Effect.PUBLISH), arguments -> fulfilled);
    }

    /** Two articles a page. */
    private ToolResult page(Map<String, Object> arguments) {
        int from = Integer.parseInt(arguments.getOrDefault("after", "0").toString());
        int to = Math.min(articles.size(), from + 2);
        return ToolResult.ok(Map.of(
                "articles",
                List.copyOf(articles.subList(from, to)),
                "next",
                to < articles.size() ? Integer.toString(to) : ""));
    }

    private static ToolSpec spec(String name, Effect effect) {
        return ToolSpec.of(name, "d", "{\"type\":\"object\"}", effect);
    }
}
