/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.stripe;

import ai.king.kit.Configs;
import ai.king.kit.ToolContract;
import ai.king.tool.Tool;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class StripeToolContractTest extends ToolContract {

    private StripeDouble stripe;

    @BeforeEach
    void open() throws IOException {
        stripe = new StripeDouble();
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    @Override
    protected Tool tool() {
        return new StripeTool(
                Configs.of(StripeTool.Config.class, Map.of("url", stripe.url(), ".key", StripeDouble.KEY)), Map.of());
    }

    @Override
    protected Map<String, Object> arguments() {
        return Map.of("payment", "pi_1234", "amount", "12.50", "currency", "USD");
    }

    @Override
    protected int effects(Tool tool) {
        return stripe.made();
    }
}
