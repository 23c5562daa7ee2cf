/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.ollama;

import ai.king.inference.InferenceBackend;
import ai.king.kit.BackendContract;
import ai.king.kit.Configs;
import ai.king.lib.wire.Endpoint;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class OllamaBackendContractTest extends BackendContract {

    private Endpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new Endpoint();
        OllamaProtocolTest.tags(endpoint, "llama3.1:8b");
        endpoint.on("/api/chat", Endpoint.stream("application/x-ndjson", OllamaProtocolTest.ANSWER));
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
    }

    @Override
    protected InferenceBackend backend() {
        return new OllamaBackend(Configs.of(OllamaBackend.Config.class, Map.of("url", endpoint.url())));
    }
}
