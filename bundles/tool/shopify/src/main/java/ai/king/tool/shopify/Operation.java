/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import ai.king.tool.Effect;
import ai.king.tool.ToolSpec;
import java.util.Arrays;

/** What this bundle can do, each under its own name. */
enum Operation {
    DRAFT_PRODUCT(ToolSpec.of(
            "shopify.draft_product",
            "Adds an article to the shop as a draft that customers do not see.",
            """
            {"type":"object","additionalProperties":false,"required":["title","price"],"properties":{
              "title":{"type":"string","minLength":1,"maxLength":255},
              "description":{"type":"string","maxLength":20000,"description":"plain text"},
              "price":{"type":"string","pattern":"^[0-9]{1,8}(\\\\.[0-9]{1,2})?$"},
              "sku":{"type":"string","maxLength":100},
              "vendor":{"type":"string","maxLength":255}}}
            """,
            Effect.WRITE)),
    PUBLISH_PRODUCT(ToolSpec.of(
            "shopify.publish_product",
            "Puts an article of the shop on sale, or takes it off.",
            """
            {"type":"object","additionalProperties":false,"required":["product"],"properties":{
              "product":{"type":"string","pattern":"^gid://shopify/Product/[0-9]{1,20}$"},
              "visible":{"type":"boolean","description":"true when absent"}}}
            """,
            Effect.PUBLISH)),
    SET_PRICE(ToolSpec.of(
            "shopify.set_price",
            "Sets the price of one variant of an article in the shop.",
            """
            {"type":"object","additionalProperties":false,"required":["product","variant","price"],"properties":{
              "product":{"type":"string","pattern":"^gid://shopify/Product/[0-9]{1,20}$"},
              "variant":{"type":"string","pattern":"^gid://shopify/ProductVariant/[0-9]{1,20}$"},
              "price":{"type":"string","pattern":"^[0-9]{1,8}(\\\\.[0-9]{1,2})?$"}}}
            """,
            Effect.WRITE)),
    ORDERS(ToolSpec.of(
            "shopify.orders",
            "Lists orders of the shop: number, day, state, amounts, and what is still to be delivered.",
            """
            {"type":"object","additionalProperties":false,"properties":{
              "since":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
              "orders":{"type":"integer","minimum":1,"maximum":250,"description":"50 when absent"},
              "open":{"type":"boolean","description":"only those that are not delivered yet, the oldest first"},
              "after":{"type":"string","maxLength":500,"description":"what next said, to read on"}}}
            """,
            Effect.READ_OUTSIDE)),
    PRODUCTS(ToolSpec.of(
            "shopify.products",
            "Lists the articles of the shop: number, title, price, state.",
            """
            {"type":"object","additionalProperties":false,"properties":{
              "after":{"type":"string","maxLength":500,"description":"what next said, to read on"},
              "products":{"type":"integer","minimum":1,"maximum":250,"description":"50 when absent"}}}
            """,
            Effect.READ_OUTSIDE)),
    FULFIL_ORDER(ToolSpec.of(
            "shopify.fulfil_order",
            "Says in the shop that all of an order that is left is on its way; the customer gets no message.",
            """
            {"type":"object","additionalProperties":false,"required":["order"],"properties":{
              "order":{"type":"string","pattern":"^gid://shopify/Order/[0-9]{1,20}$"}}}
            """,
            Effect.WRITE));

    private final ToolSpec spec;

    Operation(ToolSpec spec) {
        this.spec = spec;
    }

    ToolSpec spec() {
        return spec;
    }

    static Operation named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.spec.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no operation " + name));
    }
}
