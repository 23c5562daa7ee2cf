/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import ai.king.lib.http.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A shop: products by handle, errors beside a 200, user errors inside an answer. */
final class ShopifyDouble extends Endpoint {

    static final String TOKEN = "shpat_Very5ecretToken1234";

    final Map<String, Map<String, Object>> products = new LinkedHashMap<>();
    /** The effect happens and its answer is lost. */
    boolean loseAnswers;
    /** Orders on their way; the one order has as many open parts as it says. */
    int delivered;

    int parts = 1;

    ShopifyDouble() throws IOException {
        super(asked -> null);
        behaviour = this::answer;
    }

    private synchronized Reply answer(Asked asked) throws IOException {
        if (!TOKEN.equals(asked.headers().get("x-shopify-access-token"))) {
            return Reply.of(401, Map.of("errors", "[API] Invalid API key or access token (unrecognized login)"));
        }
        if (!asked.path().equals("/admin/api/2026-07/graphql.json")) {
            return Reply.of(404, Map.of("errors", "Not Found"));
        }
        JsonNode request = JSON.readTree(asked.body());
        JsonNode variables = request.path("variables");
        String query = request.path("query").asText();
        Object part = part(query, variables);
        if (loseAnswers) {
            return null;
        }
        Map<String, Object> data = new HashMap<>();
        data.put(field(query), part);
        return Reply.of(200, Map.of("data", data, "extensions", cost(2_000)));
    }

    /** Every answer tells what it took of the bucket that fills again. */
    private static Map<String, Object> cost(int available) {
        Map<String, Object> cost = new HashMap<>();
        cost.put("requestedQueryCost", 12);
        cost.put("actualQueryCost", available == 0 ? null : 10);
        cost.put(
                "throttleStatus",
                Map.of("maximumAvailable", 2_000.0, "currentlyAvailable", available, "restoreRate", 100.0));
        return Map.of("cost", cost);
    }

    /** The bucket is empty: nothing was done. */
    static Reply throttled() {
        Map<String, Object> error = Map.of(
                "message",
                "Throttled",
                "extensions",
                Map.of("code", "THROTTLED", "documentation", "https://shopify.dev/api/usage/rate-limits"));
        return Reply.of(200, Map.of("errors", List.of(error), "extensions", cost(0)));
    }

    private static String field(String query) {
        return Arrays.asList(
                        "productSet",
                        "productByIdentifier",
                        "productUpdate",
                        "productVariantsBulkUpdate",
                        "orders",
                        "products",
                        "fulfillmentCreate",
                        "order")
                .stream()
                .filter(name -> query.contains(name + "("))
                .findFirst()
                .map(name -> name.equals("productByIdentifier") ? "product" : name)
                .orElseThrow();
    }

    private Object part(String query, JsonNode variables) {
        String handle = variables.path("identifier").path("handle").asText();
        return switch (field(query)) {
            case "productSet" -> {
                products.computeIfAbsent(
                        handle,
                        h -> product(
                                products.size() + 1,
                                h,
                                variables.path("input").path("status").asText()));
                yield Map.of("product", products.get(handle), "userErrors", List.of());
            }
            case "product" -> products.get(handle);
            case "productUpdate" -> Map.of(
                    "product",
                    product(7, "lamp", variables.path("product").path("status").asText()),
                    "userErrors",
                    List.of());
            case "productVariantsBulkUpdate" -> price(variables.path("variants").path(0));
            case "products" -> Map.of(
                    "pageInfo",
                    Map.of("hasNextPage", !variables.has("after"), "endCursor", "c1"),
                    "nodes",
                    List.of(Map.of(
                            "id",
                            "gid://shopify/Product/7",
                            "title",
                            "Lamp",
                            "status",
                            "ACTIVE",
                            "variants",
                            Map.of(
                                    "nodes",
                                    List.of(Map.of(
                                            "id",
                                            "gid://shopify/ProductVariant/8",
                                            "sku",
                                            "L-1",
                                            "price",
                                            "49.00"))))));
            case "order" -> order();
            case "fulfillmentCreate" -> {
                delivered++;
                yield Map.of(
                        "fulfillment",
                        Map.of("id", "gid://shopify/Fulfillment/5", "status", "SUCCESS"),
                        "userErrors",
                        List.of());
            }
            default -> Map.of(
                    "nodes",
                    List.of(Map.of(
                            "id",
                            "gid://shopify/Order/1",
                            "name",
                            "#1001",
                            "createdAt",
                            "2026-11-01T10:00:00Z",
                            "displayFinancialStatus",
                            "PAID",
                            "displayFulfillmentStatus",
                            "UNFULFILLED",
                            "currentTotalPriceSet",
                            Map.of("shopMoney", Map.of("amount", "49.00", "currencyCode", "USD")),
                            "lineItems",
                            Map.of(
                                    "pageInfo",
                                    Map.of("hasNextPage", false),
                                    "nodes",
                                    List.of(Map.of("sku", "L-1", "unfulfilledQuantity", 2))))));
        };
    }

    private Map<String, Object> order() {
        Map<String, Object> part = Map.of(
                "id",
                "gid://shopify/FulfillmentOrder/3",
                "status",
                delivered > 0 ? "CLOSED" : "OPEN",
                "supportedActions",
                delivered > 0 ? List.of() : List.of(Map.of("action", "CREATE_FULFILLMENT")));
        return Map.of(
                "id",
                "gid://shopify/Order/1",
                "displayFulfillmentStatus",
                delivered > 0 ? "FULFILLED" : "UNFULFILLED",
                "fulfillmentOrders",
                Map.of("nodes", Collections.nCopies(parts, part)));
    }

    private static Map<String, Object> price(JsonNode variant) {
        return variant.path("price").asText().equals("0")
                ? Map.of("userErrors", List.of(Map.of("field", List.of("price"), "message", "Price must be above 0")))
                : Map.of(
                        "productVariants",
                                List.of(Map.of(
                                        "id",
                                        variant.path("id").asText(),
                                        "price",
                                        variant.path("price").asText())),
                        "userErrors", List.of());
    }

    private static Map<String, Object> product(int n, String handle, String status) {
        return Map.of("id", "gid://shopify/Product/" + n, "handle", handle, "status", status);
    }

    static Reply errors(String code) {
        return Reply.of(200, Map.of("errors", List.of(Map.of("message", "no", "extensions", Map.of("code", code)))));
    }
}
