/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import ai.king.tool.ToolResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done in a shop. A draft is set by its handle, which follows from the call's key: twice is once. */
final class Shop {

    private static final String SET =
            """
            mutation set($identifier: ProductSetIdentifiers, $input: ProductSetInput!) {
              productSet(identifier: $identifier, input: $input, synchronous: true) {
                product { id handle status } userErrors { field message } } }""";

    private static final String FIND =
            """
            query find($identifier: ProductIdentifierInput!) {
              product: productByIdentifier(identifier: $identifier) { id handle status } }""";

    private static final String STATUS =
            """
            mutation publish($product: ProductUpdateInput!) {
              productUpdate(product: $product) { product { id handle status } userErrors { field message } } }""";

    private static final String PRICE =
            """
            mutation price($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
              productVariantsBulkUpdate(productId: $productId, variants: $variants) {
                productVariants { id price } userErrors { field message } } }""";

    private static final String ORDERS =
            """
            query orders($first: Int!, $query: String, $reverse: Boolean!, $after: String) {
              orders(first: $first, query: $query, after: $after, sortKey: CREATED_AT, reverse: $reverse) {
                pageInfo { hasNextPage endCursor }
                nodes { id name createdAt displayFinancialStatus displayFulfillmentStatus
                  currentTotalPriceSet { shopMoney { amount currencyCode } }
                  lineItems(first: 10) { pageInfo { hasNextPage } nodes { sku unfulfilledQuantity } } } } }""";

    private final Graph graph;

    Shop(Graph graph) {
        this.graph = graph;
    }

    ToolResult draft(String key, Map<String, Object> arguments) {
        Map<String, Object> variant = new LinkedHashMap<>();
        variant.put("price", arguments.get("price"));
        variant.put("optionValues", List.of(Map.of("optionName", "Title", "name", "Default Title")));
        if (arguments.get("sku") instanceof String sku) {
            variant.put("sku", sku);
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("title", arguments.get("title"));
        input.put("handle", handle(key));
        input.put("status", "DRAFT");
        input.put(
                "productOptions", List.of(Map.of("name", "Title", "values", List.of(Map.of("name", "Default Title")))));
        input.put("variants", List.of(variant));
        if (arguments.get("description") instanceof String description) {
            input.put("descriptionHtml", escaped(description));
        }
        if (arguments.get("vendor") instanceof String vendor) {
            input.put("vendor", vendor);
        }
        Map<String, Object> variables = Map.of("identifier", Map.of("handle", handle(key)), "input", input);
        return graph.ask(SET, variables, "productSet", true, part -> product(part.path("product")));
    }

    /** Whether the draft of a key is there. */
    ToolResult find(String key) {
        Map<String, Object> variables = Map.of("identifier", Map.of("handle", handle(key)));
        ToolResult there = graph.ask(FIND, variables, "product", false, Shop::product);
        return there instanceof ToolResult.Failed failed && failed.reason().contains("without product")
                ? new ToolResult.Failed("the shop has no draft of this key", true)
                : there instanceof ToolResult.Ok ? there : new ToolResult.Unknown("the shop cannot tell: " + there);
    }

    ToolResult publish(Map<String, Object> arguments) {
        String status = Boolean.FALSE.equals(arguments.get("visible")) ? "DRAFT" : "ACTIVE";
        Map<String, Object> product = Map.of("id", arguments.getOrDefault("product", ""), "status", status);
        return graph.ask(
                STATUS, Map.of("product", product), "productUpdate", true, part -> product(part.path("product")));
    }

    ToolResult price(Map<String, Object> arguments) {
        Map<String, Object> variables = Map.of(
                "productId",
                arguments.getOrDefault("product", ""),
                "variants",
                List.of(Map.of(
                        "id", arguments.getOrDefault("variant", ""), "price", arguments.getOrDefault("price", ""))));
        return graph.ask(PRICE, variables, "productVariantsBulkUpdate", true, part -> {
            JsonNode variant = part.path("productVariants").path(0);
            return ToolResult.ok(Map.of(
                    "variant",
                    variant.path("id").asText(),
                    "price",
                    variant.path("price").asText()));
        });
    }

    ToolResult orders(Map<String, Object> arguments) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("first", arguments.getOrDefault("orders", 50));
        // Of the open ones the oldest are wanted, whose turn it is; of all the newest.
        boolean open = Boolean.TRUE.equals(arguments.get("open"));
        variables.put("reverse", !open);
        if (arguments.get("after") instanceof String after) {
            variables.put("after", after);
        }
        List<String> terms = new ArrayList<>();
        if (arguments.get("since") instanceof String since) {
            terms.add("created_at:>=" + since);
        }
        if (open) {
            terms.add("status:open AND NOT fulfillment_status:fulfilled");
        }
        if (!terms.isEmpty()) {
            variables.put("query", String.join(" AND ", terms));
        }
        return graph.ask(ORDERS, variables, "orders", false, part -> {
            List<Map<String, Object>> orders = new ArrayList<>();
            part.path("nodes").forEach(node -> orders.add(order(node)));
            return ToolResult.ok(Map.of("orders", orders, "next", Articles.next(part)));
        });
    }

    private static Map<String, Object> order(JsonNode node) {
        JsonNode money = node.path("currentTotalPriceSet").path("shopMoney");
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("id", node.path("id").asText());
        order.put("number", node.path("name").asText());
        order.put("at", node.path("createdAt").asText());
        order.put("payment", node.path("displayFinancialStatus").asText());
        order.put("delivery", node.path("displayFulfillmentStatus").asText());
        order.put("amount", money.path("amount").asText());
        order.put("currency", money.path("currencyCode").asText());
        List<Map<String, Object>> lines = new ArrayList<>();
        node.path("lineItems")
                .path("nodes")
                .forEach(line -> lines.add(Map.of(
                        "sku",
                        line.path("sku").isNull() ? "" : line.path("sku").asText(),
                        "quantity",
                        line.path("unfulfilledQuantity").asInt())));
        order.put("lines", lines);
        order.put(
                "moreLines",
                node.path("lineItems").path("pageInfo").path("hasNextPage").asBoolean());
        return order;
    }

    private static ToolResult product(JsonNode product) {
        return ToolResult.ok(Map.of(
                "product", product.path("id").asText(),
                "handle", product.path("handle").asText(),
                "status", product.path("status").asText()));
    }

    private static String handle(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "king-" + HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        return "<p>"
                + text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\n\n", "</p><p>")
                + "</p>";
    }
}
