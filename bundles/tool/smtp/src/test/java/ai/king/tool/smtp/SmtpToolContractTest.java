/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.smtp;

import ai.king.kit.Configs;
import ai.king.kit.ToolContract;
import ai.king.tool.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class SmtpToolContractTest extends ToolContract {

    private Script server;

    @BeforeEach
    void open() throws IOException {
        server = new Script();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Override
    protected Tool tool() {
        return new SmtpTool(Configs.of(
                SmtpTool.Config.class,
                Map.of("host", "127.0.0.1", "port", server.port(), "security", "none", "from", "shop@lamps.example")));
    }

    @Override
    protected Map<String, Object> arguments() {
        return Map.of("to", List.of("ann@customer.example"), "subject", "Hello", "text", "Your lamp is on its way");
    }

    @Override
    protected int effects(Tool tool) {
        return (int) server.heard.stream().filter("."::equals).count();
    }
}
