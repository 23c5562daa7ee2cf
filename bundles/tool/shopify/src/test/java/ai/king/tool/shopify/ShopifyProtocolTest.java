/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.kit.Configs;
import ai.king.lib.http.Endpoint;
import ai.king.tool.Effect;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopifyProtocolTest {

    private static final Map<String, Object> LAMP =
            Map.of("title", "Lamp", "price", "49.00", "sku", "L-1", "description", "A <b>lamp</b>\n\nfor desks");
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

    private ShopifyTool tool(String name, Map<String, Object> config) {
        Map<String, Object> all =
                new HashMap<>(Map.of("url", shop.url(), "shop", "lamps.myshopify.com", ".token", ShopifyDouble.TOKEN));
        all.putAll(config);
        return new ShopifyTool(Configs.of(ShopifyTool.Config.class, all), Map.of("king.tool.name", name));
    }

    private ToolResult call(String name, Map<String, Object> arguments) {
        return tool(name, Map.of()).invoke(new ToolCall("step:hash:0", Optional.empty(), arguments));
    }

    private static Map<String, Object> data(ToolResult result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok) result).data();
    }

    @Test
    void addsADraftWhoseHandleFollowsFromTheKey() throws IOException {
        Map<String, Object> made = data(call("shopify.draft_product", LAMP));
        assertThat(made).containsEntry("product", "gid://shopify/Product/1").containsEntry("status", "DRAFT");
        JsonNode variables = Endpoint.JSON.readTree(shop.asked.get(0).body()).path("variables");
        assertThat(variables.path("identifier").path("handle").asText()).isEqualTo(made.get("handle"));
        assertThat(variables.path("input").path("descriptionHtml").asText())
                .isEqualTo("<p>A &lt;b&gt;lamp&lt;/b&gt;</p><p>for desks</p>");
        assertThat(variables
                        .path("input")
                        .path("variants")
                        .path(0)
                        .path("price")
                        .asText())
                .isEqualTo("49.00");
    }

    @Test
    void aLostDraftIsFoundByItsKey() {
        shop.loseAnswers = true;
        assertThat(call("shopify.draft_product", LAMP)).isInstanceOf(ToolResult.Unknown.class);
        shop.loseAnswers = false;
        ShopifyTool tool = tool("shopify.draft_product", Map.of());
        assertThat(data(tool.lookup("step:hash:0").orElseThrow())).containsEntry("status", "DRAFT");
        assertThat(tool.lookup("never").orElseThrow().toString()).contains("Failed", "retriable=true");
        assertThat(tool("shopify.set_price", Map.of()).lookup("step:hash:0")).isEmpty();
    }

    @Test
    void publishesAndTakesOff() {
        Map<String, Object> lamp = Map.of("product", "gid://shopify/Product/7");
        assertThat(data(call("shopify.publish_product", lamp))).containsEntry("status", "ACTIVE");
        assertThat(data(call(
                        "shopify.publish_product", Map.of("product", "gid://shopify/Product/7", "visible", false))))
                .containsEntry("status", "DRAFT");
        assertThat(tool("shopify.publish_product", Map.of()).spec().effect()).isEqualTo(Effect.PUBLISH);
    }

    @Test
    void setsAPriceAndSaysWhyNot() {
        assertThat(data(call("shopify.set_price", PRICE)))
                .isEqualTo(Map.of("variant", "gid://shopify/ProductVariant/8", "price", "39.00"));
        Map<String, Object> free = new HashMap<>(PRICE);
        free.put("price", "0");
        assertThat(call("shopify.set_price", free).toString()).contains("Failed", "above 0", "retriable=false");
    }

    @Test
    void listsOrdersWithoutCustomers() throws IOException {
        Map<String, Object> data = data(call("shopify.orders", Map.of("since", "2026-11-01")));
        assertThat(data).containsEntry("next", "");
        assertThat(data.get("orders"))
                .isEqualTo(List.of(Map.of(
                        "id",
                        "gid://shopify/Order/1",
                        "number",
                        "#1001",
                        "at",
                        "2026-11-01T10:00:00Z",
                        "payment",
                        "PAID",
                        "delivery",
                        "UNFULFILLED",
                        "amount",
                        "49.00",
                        "currency",
                        "USD",
                        "lines",
                        List.of(Map.of("sku", "L-1", "quantity", 2)),
                        "moreLines",
                        false)));
        JsonNode asked = Endpoint.JSON.readTree(shop.asked.get(0).body());
        assertThat(asked.path("variables").path("query").asText()).isEqualTo("created_at:>=2026-11-01");
        assertThat(asked.path("query").asText()).doesNotContain("customer", "email", "note");
    }

    @Test
    void asksForTheOldestOpenOrders() throws IOException {
        call("shopify.orders", Map.of("since", "2026-11-01", "open", true));
        JsonNode variables = Endpoint.JSON.readTree(shop.asked.get(0).body()).path("variables");
        assertThat(variables.path("query").asText())
                .isEqualTo("created_at:>=2026-11-01 AND status:open AND NOT fulfillment_status:fulfilled");
        assertThat(variables.path("reverse").asBoolean()).isFalse();
    }

    @Test
    void listsArticlesPageByPage() {
        Map<String, Object> first = data(call("shopify.products", Map.of()));
        assertThat(first).containsEntry("next", "c1");
        assertThat(first.get("articles"))
                .isEqualTo(List.of(Map.of(
                        "product",
                        "gid://shopify/Product/7",
                        "variant",
                        "gid://shopify/ProductVariant/8",
                        "sku",
                        "L-1",
                        "title",
                        "Lamp",
                        "price",
                        "49.00",
                        "status",
                        "ACTIVE")));
        assertThat(data(call("shopify.products", Map.of("after", "c1")))).containsEntry("next", "");
    }

    @Test
    void anOrderIsDeliveredOnceAndTheCustomerGetsNoMessage() throws IOException {
        Map<String, Object> order = Map.of("order", "gid://shopify/Order/1");
        assertThat(data(call("shopify.fulfil_order", order)))
                .containsEntry("fulfilment", "gid://shopify/Fulfillment/5");
        assertThat(data(call("shopify.fulfil_order", order))).containsEntry("status", "FULFILLED");
        assertThat(shop.delivered).isEqualTo(1);
        JsonNode asked = Endpoint.JSON.readTree(shop.asked.get(1).body()).path("variables");
        assertThat(asked.path("fulfillment").path("notifyCustomer").asBoolean()).isFalse();
        assertThat(tool("shopify.fulfil_order", Map.of()).spec().effect()).isEqualTo(Effect.WRITE);
    }

    @Test
    void anOrderInSeveralPartsOrInNoneIsLeftToAPerson() {
        Map<String, Object> order = Map.of("order", "gid://shopify/Order/1");
        shop.parts = 2;
        assertThat(call("shopify.fulfil_order", order).toString()).contains("from 2 places", "retriable=false");
        shop.parts = 0;
        assertThat(call("shopify.fulfil_order", order).toString()).contains("does not let", "retriable=false");
        assertThat(shop.delivered).isZero();
    }

    @Test
    void aLostAnswerToADeliveryIsUnclear() {
        shop.behaviour = asked -> asked.body().contains("fulfillmentCreate")
                ? Endpoint.Reply.of(502, Map.of())
                : Endpoint.Reply.of(
                        200,
                        Map.of(
                                "data",
                                Map.of(
                                        "order",
                                        Map.of(
                                                "fulfillmentOrders",
                                                Map.of(
                                                        "nodes",
                                                        List.of(
                                                                Map.of(
                                                                        "id",
                                                                        "gid://shopify/FulfillmentOrder/3",
                                                                        "status",
                                                                        "OPEN",
                                                                        "supportedActions",
                                                                        List.of(
                                                                                Map.of(
                                                                                        "action",
                                                                                        "CREATE_FULFILLMENT")))))))));
        assertThat(call("shopify.fulfil_order", Map.of("order", "gid://shopify/Order/1")))
                .isInstanceOf(ToolResult.Unknown.class);
    }

    @Test
    void withoutShopOrTokenNothingIsAsked() {
        assertThat(tool("shopify.orders", Map.of("shop", "", ".token", ""))
                        .invoke(new ToolCall("k", Optional.empty(), Map.of()))
                        .toString())
                .contains("Missing", "shop", ".token");
        assertThat(tool("shopify.orders", Map.of("shop", "", ".token", "")).missing())
                .hasSize(2);
        assertThat(shop.asked).isEmpty();
        assertThatThrownBy(() -> tool("shopify.other", Map.of())).hasMessageContaining("shopify.other");
    }

    @ParameterizedTest
    @CsvSource({
        "400, retriable=false",
        "401, Missing",
        "402, Missing",
        "403, Missing",
        "404, Missing",
        "423, Missing",
        "429, retriable=true",
        "430, retriable=true",
        "500, Unknown",
        "502, Unknown"
    })
    void saysWhatAStatusMeans(int status, String meaning) {
        shop.behaviour = asked -> Endpoint.Reply.of(status, Map.of("errors", "no " + ShopifyDouble.TOKEN));
        assertThat(call("shopify.set_price", PRICE).toString())
                .contains(meaning)
                .doesNotContain(ShopifyDouble.TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, retriable=true",
        "ACCESS_DENIED, Missing",
        "SHOP_INACTIVE, Missing",
        "INTERNAL_SERVER_ERROR, Unknown",
        "MAX_COST_EXCEEDED, retriable=false"
    })
    void saysWhatAnErrorBesideA200Means(String code, String meaning) {
        shop.behaviour = asked -> ShopifyDouble.errors(code);
        assertThat(call("shopify.set_price", PRICE).toString()).contains(meaning);
    }

    @Test
    void aBrokenAnswerIsUnclearForAnEffectOnly() {
        shop.behaviour = asked -> Endpoint.Reply.of(200, "<html>");
        assertThat(call("shopify.set_price", PRICE)).isInstanceOf(ToolResult.Unknown.class);
        assertThat(call("shopify.orders", Map.of())).isInstanceOf(ToolResult.Failed.class);
    }
}
