/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * One operation of a shop; the name says which: {@code shopify.draft_product}, {@code shopify.publish_product}, {@code
 * shopify.set_price}, {@code shopify.orders}, {@code shopify.products} or {@code shopify.fulfil_order}.
 */
@Component(
        configurationPid = "ai.king.tool.shopify",
        configurationPolicy = REQUIRE,
        property = "king.reaches=https://*.myshopify.com")
@Designate(ocd = ShopifyTool.Config.class, factory = true)
@ToolName("shopify.draft_product")
public final class ShopifyTool implements Tool {

    @ObjectClassDefinition(name = "Shopify tool", description = "A shop at Shopify")
    @interface Config {
        @AttributeDefinition(description = "The shop, as name.myshopify.com")
        String shop() default "";

        @AttributeDefinition(
                description = "Access token of a custom app, as $[secret:name] or $[env:NAME]",
                type = AttributeType.PASSWORD)
        String _token() default "";

        @AttributeDefinition(description = "Address in place of https://<shop>; empty: that")
        String url() default "";

        @AttributeDefinition(description = "Version of the interface; each is served for a year")
        String version() default "2026-07";

        @AttributeDefinition(description = "Longest time for one request, in seconds")
        int time() default 30;
    }

    private final Operation operation;
    private final Shop shop;
    private final Articles articles;
    private final Delivery delivery;
    private final List<String> missing = new ArrayList<>();

    @Activate
    public ShopifyTool(Config config, Map<String, Object> properties) {
        operation = Operation.named(String.valueOf(properties.getOrDefault(
                "king.tool.name", Operation.DRAFT_PRODUCT.spec().name())));
        if (!config.shop().matches("[a-z0-9-]{1,60}\\.myshopify\\.com")) {
            missing.add("the shop: option shop of ai.king.tool.shopify, as name.myshopify.com");
        }
        if (config._token().isBlank()) {
            missing.add("an access token of Shopify: option .token of ai.king.tool.shopify, as $[env:SHOPIFY_TOKEN]");
        }
        String url = config.url().isBlank()
                ? "https://" + config.shop()
                : config.url().replaceAll("/+$", "");
        Graph graph = new Graph(
                url + "/admin/api/" + config.version() + "/graphql.json",
                config._token(),
                Duration.ofSeconds(config.time()));
        shop = new Shop(graph);
        articles = new Articles(graph);
        delivery = new Delivery(graph);
    }

    @Override
    public ToolSpec spec() {
        return operation.spec();
    }

    @Override
    public List<String> missing() {
        return List.copyOf(missing);
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        if (!missing.isEmpty()) {
            return new ToolResult.Missing(missing);
        }
        return switch (operation) {
            case DRAFT_PRODUCT -> shop.draft(call.key(), call.arguments());
            case PUBLISH_PRODUCT -> shop.publish(call.arguments());
            case SET_PRICE -> shop.price(call.arguments());
            case ORDERS -> shop.orders(call.arguments());
            case PRODUCTS -> articles.list(call.arguments());
            case FULFIL_ORDER -> delivery.fulfil(call.arguments());
        };
    }

    /** A draft carries its key in its handle; the others set a state, which does not tell who set it. */
    @Override
    public Optional<ToolResult> lookup(String key) {
        return operation == Operation.DRAFT_PRODUCT && missing.isEmpty()
                ? Optional.of(shop.find(key))
                : Optional.empty();
    }
}
