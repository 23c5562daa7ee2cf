/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.serpapi;

import ai.king.kit.Configs;
import ai.king.kit.ToolContract;
import ai.king.tool.Tool;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class SerpApiToolContractTest extends ToolContract {

    private SerpApiDouble service;

    @BeforeEach
    void open() throws IOException {
        service = new SerpApiDouble();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Override
    protected Tool tool() {
        return new SerpApiTool(
                Configs.of(SerpApiTool.Config.class, Map.of("url", service.url(), ".key", SerpApiDouble.KEY)),
                Map.of());
    }

    @Override
    protected Map<String, Object> arguments() {
        return Map.of("query", "lamps");
    }

    @Override
    protected int effects(Tool tool) {
        return 0;
    }
}
