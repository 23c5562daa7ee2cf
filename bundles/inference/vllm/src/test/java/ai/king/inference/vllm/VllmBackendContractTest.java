/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.vllm;

import ai.king.inference.InferenceBackend;
import ai.king.kit.BackendContract;
import ai.king.kit.Configs;
import ai.king.lib.wire.Endpoint;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class VllmBackendContractTest extends BackendContract {

    private Endpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new Endpoint();
        VllmServer.furnish(endpoint, "0.0");
        endpoint.on("/v1/chat/completions", Endpoint.stream("text/event-stream", VllmServer.answer("Hello", "!")));
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
    }

    @Override
    protected InferenceBackend backend() {
        return new VllmBackend(Configs.of(VllmBackend.Config.class, Map.of("url", endpoint.url() + "/v1")));
    }
}
