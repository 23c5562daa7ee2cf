/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import ai.king.inference.InferenceBackend;
import ai.king.kit.Configs;
import ai.king.lib.wire.BackendFaults;
import ai.king.lib.wire.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class OpenAiFaultsTest extends BackendFaults {

    @Override
    protected String path() {
        return "/v1/chat/completions";
    }

    @Override
    protected String type() {
        return "text/event-stream";
    }

    @Override
    protected List<String> answer() {
        List<String> frames = new ArrayList<>();
        for (Map<String, Object> frame : ai.king.inference.openai.Endpoint.answer("Hello", " there", "!")) {
            frames.add(Endpoint.data(frame));
        }
        frames.add(Endpoint.data("[DONE]"));
        return frames;
    }

    @Override
    protected Object error(int status, String message) {
        return Map.of("error", Map.of("message", message, "type", "some_error", "code", "some_code"));
    }

    @Override
    protected InferenceBackend backend(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(Map.of("url", endpoint.url() + "/v1", ".key", KEY));
        all.putAll(options);
        return new OpenAiBackend(Configs.of(OpenAiBackend.Config.class, all));
    }
}
