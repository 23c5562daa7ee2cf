/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import ai.king.inference.InferenceBackend;
import ai.king.kit.BackendContract;
import ai.king.kit.Configs;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class OpenAiBackendContractTest extends BackendContract {

    private Endpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new Endpoint();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Override
    protected InferenceBackend backend() {
        return new OpenAiBackend(Configs.of(
                OpenAiBackend.Config.class,
                Map.of("url", endpoint.url(), "embedding.model", "text-embedding-3-small")));
    }
}
