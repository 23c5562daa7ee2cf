/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.vllm;

import ai.king.lib.wire.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a vLLM server says: the list of models with adapters (entrypoints/openai/models/serving.py), metrics of two engines
 * (v1/metrics/loggers.py), chunks with the usage in a last one, errors in an envelope and, from older servers, flat.
 */
final class VllmServer {

    static final String METRICS =
            """
            # HELP vllm:num_requests_running Number of requests in model execution batches.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="qwen"} 3.0
            vllm:num_requests_running{engine="1",model_name="qwen"} 1.0
            # TYPE vllm:num_requests_waiting gauge
            vllm:num_requests_waiting{engine="0",model_name="qwen"} %s
            vllm:num_requests_waiting{engine="1",model_name="qwen"} 0.0
            vllm:num_requests_waiting_by_reason{engine="0",model_name="qwen",reason="capacity"} 7.0
            vllm:kv_cache_usage_perc{engine="0",model_name="qwen"} 0.25
            vllm:kv_cache_usage_perc{engine="1",model_name="qwen"} 0.4
            vllm:request_success_total{engine="0",finished_reason="stop",model_name="qwen"} 12.0
            """;

    private VllmServer() {}

    static void furnish(Endpoint endpoint, String waiting) {
        endpoint.on(
                "/v1/models",
                Endpoint.json(
                        200, Map.of("object", "list", "data", List.of(model("qwen", null), model("ceo-v3", "qwen")))));
        endpoint.on("/metrics", Endpoint.whole(200, "text/plain; version=0.0.4", METRICS.formatted(waiting)));
    }

    private static Map<String, Object> model(String id, String parent) {
        Map<String, Object> model = new HashMap<>(Map.of(
                "id", id, "object", "model", "created", 1721172741, "owned_by", "vllm", "root", "/models/" + id));
        model.put("parent", parent);
        model.put("max_model_len", 32768);
        return model;
    }

    static List<String> answer(String... pieces) {
        List<String> frames = new ArrayList<>();
        frames.add(chunk(Map.of("role", "assistant", "content", ""), null));
        for (String piece : pieces) {
            frames.add(chunk(Map.of("content", piece), null));
        }
        frames.add(chunk(Map.of(), "stop"));
        frames.add(usage());
        frames.add(Endpoint.data("[DONE]"));
        return frames;
    }

    static String usage() {
        Map<String, Object> last = head(List.of());
        last.put("usage", Map.of("prompt_tokens", 11, "completion_tokens", 4, "total_tokens", 15));
        return Endpoint.data(last);
    }

    static String chunk(Map<String, Object> delta, String finish) {
        Map<String, Object> choice = new HashMap<>(Map.of("index", 0, "delta", delta));
        choice.put("finish_reason", finish);
        choice.put("logprobs", null);
        return Endpoint.data(head(List.of(choice)));
    }

    private static Map<String, Object> head(List<Object> choices) {
        return new HashMap<>(Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion.chunk",
                "created",
                1721172741,
                "model",
                "qwen",
                "choices",
                choices));
    }
}
