/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.anthropic;

import ai.king.inference.InferenceBackend;
import ai.king.kit.BackendContract;
import ai.king.kit.Configs;
import ai.king.lib.wire.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class AnthropicBackendContractTest extends BackendContract {

    private Endpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new Endpoint();
        endpoint.on("/v1/models", Endpoint.json(200, Map.of("data", List.of())));
        endpoint.on(
                "/v1/messages",
                Endpoint.stream(
                        "text/event-stream",
                        AnthropicProtocolTest.answer("end_turn", AnthropicProtocolTest.text("Hello", "!"))));
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
    }

    @Override
    protected InferenceBackend backend() {
        return new AnthropicBackend(
                Configs.of(AnthropicBackend.Config.class, Map.of("url", endpoint.url() + "/v1", ".key", "k")));
    }
}
