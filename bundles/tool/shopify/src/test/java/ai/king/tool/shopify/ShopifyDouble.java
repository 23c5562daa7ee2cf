/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import ai.king.lib.http.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
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
        return Reply.of(200, Map.of("data", data));
    }

    private static String field(String query) {
        return Arrays.asList(
                        "productSet", "productByIdentifier", "productUpdate", "productVariantsBulkUpdate", "orders")
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
                            Map.of("shopMoney", Map.of("amount", "49.00", "currencyCode", "USD")))));
        };
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
