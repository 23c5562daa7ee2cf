/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.images;

import ai.king.kit.Configs;
import ai.king.kit.ToolContract;
import ai.king.tool.Tool;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ImagesToolContractTest extends ToolContract {

    private ImagesDouble service;

    @BeforeEach
    void open() throws IOException {
        service = new ImagesDouble();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Override
    protected Tool tool() {
        return new ImagesTool(
                Configs.of(ImagesTool.Config.class, Map.of("url", service.url() + "/v1", ".key", ImagesDouble.KEY)));
    }

    @Override
    protected Map<String, Object> arguments() {
        return Map.of("kind", "product", "subject", "a brass desk lamp");
    }

    @Override
    protected int effects(Tool tool) {
        return service.made.get();
    }
}
