/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.gemini;

import ai.king.inference.InferenceBackend;
import ai.king.kit.BackendContract;
import ai.king.kit.Configs;
import ai.king.lib.wire.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class GeminiBackendContractTest extends BackendContract {

    private Endpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new Endpoint();
        endpoint.on("/v1beta/models?", Endpoint.json(200, Map.of("models", List.of())));
        endpoint.on(
                "/v1beta/models/",
                Endpoint.stream("text/event-stream", GeminiProtocolTest.answer("STOP", "Hello", "!")));
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
    }

    @Override
    protected InferenceBackend backend() {
        return new GeminiBackend(
                Configs.of(GeminiBackend.Config.class, Map.of("url", endpoint.url() + "/v1beta", ".key", "k")));
    }
}
