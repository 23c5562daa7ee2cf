/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import ai.king.kit.Configs;
import ai.king.kit.ToolContract;
import ai.king.tool.Tool;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ShopifyToolContractTest extends ToolContract {

    private ShopifyDouble shop;

    @BeforeEach
    void open() throws IOException {
        shop = new ShopifyDouble();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Override
    protected Tool tool() {
        return new ShopifyTool(
                Configs.of(
                        ShopifyTool.Config.class,
                        Map.of("url", shop.url(), "shop", "lamps.myshopify.com", ".token", ShopifyDouble.TOKEN)),
                Map.of());
    }

    @Override
    protected Map<String, Object> arguments() {
        return Map.of("title", "Lamp", "price", "49.00");
    }

    @Override
    protected int effects(Tool tool) {
        return shop.products.size();
    }
}
