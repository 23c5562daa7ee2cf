/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import ai.king.tool.ToolResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The articles of a shop, a line for each variant. */
final class Articles {

    private static final String PRODUCTS =
            """
            query products($first: Int!, $after: String) {
              products(first: $first, after: $after, sortKey: ID) {
                pageInfo { hasNextPage endCursor }
                nodes { id title status variants(first: 10) { nodes { id sku price } } } } }""";

    private final Graph graph;

    Articles(Graph graph) {
        this.graph = graph;
    }

    ToolResult list(Map<String, Object> arguments) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("first", arguments.getOrDefault("products", 50));
        if (arguments.get("after") instanceof String after) {
            variables.put("after", after);
        }
        return graph.ask(PRODUCTS, variables, "products", false, part -> {
            List<Map<String, Object>> articles = new ArrayList<>();
            part.path("nodes").forEach(product -> product.path("variants")
                    .path("nodes")
                    .forEach(variant -> articles.add(article(product, variant))));
            return ToolResult.ok(Map.of("articles", articles, "next", next(part)));
        });
    }

    /** What to read on with; empty when that was all. */
    static String next(JsonNode part) {
        JsonNode page = part.path("pageInfo");
        return page.path("hasNextPage").asBoolean() ? page.path("endCursor").asText() : "";
    }

    private static Map<String, Object> article(JsonNode product, JsonNode variant) {
        Map<String, Object> article = new LinkedHashMap<>();
        article.put("product", product.path("id").asText());
        article.put("variant", variant.path("id").asText());
        article.put(
                "sku", variant.path("sku").isNull() ? "" : variant.path("sku").asText());
        article.put("title", product.path("title").asText());
        article.put("price", variant.path("price").asText());
        article.put("status", product.path("status").asText());
        return article;
    }
}
