/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.lib.http.Endpoint;
import ai.king.lib.wire.VendorClient;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shopify's own client for Node at our double, with the very requests that the tool makes. */
class ShopifyClientTest {

    private static final Map<String, Object> PRICE =
            Map.of("product", "gid://shopify/Product/7", "variant", "gid://shopify/ProductVariant/8", "price", "39.00");

    private ShopifyDouble shop;

    @BeforeEach
    void open() throws IOException {
        shop = new ShopifyDouble();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private ToolResult told(String name, Map<String, Object> arguments) {
        Map<String, Object> config =
                Map.of("url", shop.url(), "shop", "lamps.myshopify.com", ".token", ShopifyDouble.TOKEN);
        return new ShopifyTool(Configs.of(ShopifyTool.Config.class, config), Map.of("king.tool.name", name))
                .invoke(new ToolCall("step:hash:0", Optional.empty(), arguments));
    }

    /** The request that the tool has just made, as a call of the client. */
    private Map<String, Object> same(int retries) throws IOException {
        Endpoint.Asked asked = shop.asked.get(shop.asked.size() - 1);
        JsonNode body = Endpoint.JSON.readTree(asked.body());
        return Map.of(
                "query", body.path("query").asText(),
                "variables", Endpoint.JSON.convertValue(body.path("variables"), Map.class),
                "retries", retries);
    }

    private JsonNode understood(Map<String, Object> call) throws IOException, InterruptedException {
        return VendorClient.call("shopify", shop.url(), ShopifyDouble.TOKEN, List.of(call))
                .get(0);
    }

    @Test
    void theRequestOfTheToolIsThatOfTheClient() throws IOException, InterruptedException {
        told("shopify.orders", Map.of("since", "2026-11-01"));
        JsonNode answer = understood(same(0));
        assertThat(answer.at("/data/orders/nodes/0/currentTotalPriceSet/shopMoney/amount")
                        .asText())
                .isEqualTo("49.00");
        assertThat(answer.at("/extensions/cost/throttleStatus/restoreRate").asDouble())
                .isPositive();
        Endpoint.Asked ours = shop.asked.get(0);
        Endpoint.Asked theirs = shop.asked.get(1);
        assertThat(theirs.path()).isEqualTo(ours.path());
        assertThat(Endpoint.JSON.readTree(theirs.body())).isEqualTo(Endpoint.JSON.readTree(ours.body()));
        assertThat(theirs.headers().get("x-shopify-access-token")).isEqualTo(ShopifyDouble.TOKEN);
        assertThat(theirs.headers().get("content-type"))
                .isEqualTo(ours.headers().get("content-type"));
    }

    @Test
    void everyOperationOfTheToolIsUnderstood() throws IOException, InterruptedException {
        Map<String, Map<String, Object>> operations = Map.of(
                "shopify.draft_product", Map.of("title", "Lamp", "price", "49.00"),
                "shopify.publish_product", Map.of("product", "gid://shopify/Product/7"),
                "shopify.set_price", PRICE,
                "shopify.products", Map.of(),
                "shopify.fulfil_order", Map.of("order", "gid://shopify/Order/1"));
        for (Map.Entry<String, Map<String, Object>> operation : operations.entrySet()) {
            assertThat(told(operation.getKey(), operation.getValue())).isInstanceOf(ToolResult.Ok.class);
            JsonNode answer = understood(same(0));
            assertThat(answer.has("error")).as(operation.getKey()).isFalse();
            assertThat(answer.path("data").size()).isEqualTo(1);
        }
    }

    @Test
    void whatTheShopDoesNotTakeStandsInTheAnswerAsUserErrors() throws IOException, InterruptedException {
        Map<String, Object> free =
                Map.of("product", "gid://shopify/Product/7", "variant", "gid://shopify/ProductVariant/8", "price", "0");
        assertThat(told("shopify.set_price", free).toString()).contains("above 0", "retriable=false");
        JsonNode answer = understood(same(0));
        assertThat(answer.has("error")).isFalse();
        assertThat(answer.at("/data/productVariantsBulkUpdate/userErrors/0/field/0")
                        .asText())
                .isEqualTo("price");
    }

    @Test
    void throttlingIsAnErrorBesideA200ThatPasses() throws IOException, InterruptedException {
        shop.behaviour = asked -> ShopifyDouble.throttled();
        assertThat(told("shopify.set_price", PRICE).toString()).contains("Throttled", "retriable=true");
        JsonNode answer = understood(same(0));
        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.path("codes")).extracting(JsonNode::asText).containsExactly("THROTTLED");
        assertThat(answer.at("/extensions/cost/throttleStatus/currentlyAvailable")
                        .asInt())
                .isZero();
    }

    @Test
    void theClientsOwnRetryOfA429FindsTheShopAsItWas() throws IOException, InterruptedException {
        told("shopify.set_price", PRICE);
        Endpoint.Behaviour whole = shop.behaviour;
        AtomicInteger times = new AtomicInteger();
        shop.behaviour = asked -> times.getAndIncrement() == 0
                ? new Endpoint.Reply(429, Map.of("Retry-After", "0.1"), Map.of("errors", "Exceeded 2 calls per second"))
                : whole.answer(asked);
        JsonNode answer = understood(same(1));
        assertThat(answer.at("/data/productVariantsBulkUpdate/productVariants/0/price")
                        .asText())
                .isEqualTo("39.00");
        assertThat(times).hasValue(2);
    }

    @Test
    void aWrongTokenIsA401() throws IOException, InterruptedException {
        told("shopify.products", Map.of());
        JsonNode answer = VendorClient.call("shopify", shop.url(), "shpat_wrong", List.of(same(0)))
                .get(0);
        assertThat(answer.path("status").asInt()).isEqualTo(401);
    }
}
