/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import ai.king.tool.ToolResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says that an order is on its way. The order's own state tells whether that was said before: twice is once. */
final class Delivery {

    private static final String ORDER =
            """
            query order($id: ID!) {
              order(id: $id) { id displayFulfillmentStatus
                fulfillmentOrders(first: 20) { nodes { id status supportedActions { action } } } } }""";

    private static final String CREATE =
            """
            mutation deliver($fulfillment: FulfillmentInput!) {
              fulfillmentCreate(fulfillment: $fulfillment) {
                fulfillment { id status } userErrors { field message } } }""";

    private final Graph graph;

    Delivery(Graph graph) {
        this.graph = graph;
    }

    ToolResult fulfil(Map<String, Object> arguments) {
        Object id = arguments.getOrDefault("order", "");
        return graph.ask(ORDER, Map.of("id", id), "order", false, this::fulfil);
    }

    private ToolResult fulfil(JsonNode order) {
        if (order.path("displayFulfillmentStatus").asText().equals("FULFILLED")) {
            return done(order, "");
        }
        List<String> left = new ArrayList<>();
        order.path("fulfillmentOrders").path("nodes").forEach(part -> {
            if (can(part)) {
                left.add(part.path("id").asText());
            }
        });
        if (left.size() != 1) {
            // One answer for one call: parts at several places need a call each, of which one could be lost.
            return new ToolResult.Failed(
                    left.isEmpty()
                            ? "the shop does not let this order be delivered now"
                            : "the order is delivered from " + left.size()
                                    + " places: a person says which is on its way",
                    false);
        }
        Map<String, Object> fulfillment = Map.of(
                "lineItemsByFulfillmentOrder",
                List.of(Map.of("fulfillmentOrderId", left.get(0))),
                "notifyCustomer",
                false);
        return graph.ask(
                CREATE,
                Map.of("fulfillment", fulfillment),
                "fulfillmentCreate",
                true,
                part -> done(order, part.path("fulfillment").path("id").asText()));
    }

    private static boolean can(JsonNode part) {
        List<String> actions = new ArrayList<>();
        part.path("supportedActions")
                .forEach(each -> actions.add(each.path("action").asText()));
        return !part.path("status").asText().equals("CLOSED") && actions.contains("CREATE_FULFILLMENT");
    }

    private static ToolResult done(JsonNode order, String fulfilment) {
        return ToolResult.ok(
                Map.of("order", order.path("id").asText(), "fulfilment", fulfilment, "status", "FULFILLED"));
    }
}
