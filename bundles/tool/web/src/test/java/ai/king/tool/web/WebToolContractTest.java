/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import ai.king.kit.Configs;
import ai.king.kit.ToolContract;
import ai.king.tool.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class WebToolContractTest extends ToolContract {

    private Site site;

    @BeforeEach
    void open() throws IOException {
        site = new Site().html("/", "<title>A</title><p>Hello</p>");
    }

    @AfterEach
    void close() throws IOException {
        site.close();
    }

    @Override
    protected Tool tool() {
        return new WebTool(Configs.of(WebTool.Config.class, Map.of("ports", new int[] {site.port()})), host ->
                new InetAddress[] {InetAddress.getLoopbackAddress()});
    }

    @Override
    protected Map<String, Object> arguments() {
        return Map.of("url", site.url("/"));
    }

    @Override
    protected int effects(Tool tool) {
        return 0;
    }
}
