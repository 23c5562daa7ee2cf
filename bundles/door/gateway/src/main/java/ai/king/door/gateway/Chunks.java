/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import ai.king.inference.Message;
import ai.king.inference.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One answer in OpenAI's shapes: whole, or as the chunks of a stream. */
final class Chunks {

    private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    private final long created;
    private final String model;

    Chunks(String model, long created) {
        this.model = model;
        this.created = created;
    }

    /** The answer as one object. */
    Map<String, Object> whole(Reply.Answer answer) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", answer.text().isEmpty() && !answer.calls().isEmpty() ? null : answer.text());
        message.put("refusal", null);
        if (!answer.calls().isEmpty()) {
            message.put("tool_calls", calls(answer.calls(), false));
        }
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("message", message);
        choice.put("logprobs", null);
        choice.put("finish_reason", answer.finish());
        Map<String, Object> body = head("chat.completion", answer.model());
        body.put("choices", List.of(choice));
        body.put("usage", usage(answer.usage()));
        return body;
    }

    /** The first chunk: who speaks. */
    Map<String, Object> start() {
        return chunk(Map.of("role", "assistant", "content", ""), null);
    }

    Map<String, Object> piece(String text) {
        return chunk(Map.of("content", text), null);
    }

    /** The functions that the model wants called. */
    Map<String, Object> calls(List<Message.FunctionCall> calls) {
        return chunk(Map.of("tool_calls", calls(calls, true)), null);
    }

    Map<String, Object> end(String finish) {
        return chunk(Map.of(), finish);
    }

    /** The last chunk of a client that asked for it. */
    Map<String, Object> tokens(Reply.Usage usage) {
        Map<String, Object> body = head("chat.completion.chunk", model);
        body.put("choices", List.of());
        body.put("usage", usage(usage));
        return body;
    }

    private Map<String, Object> chunk(Map<String, Object> delta, @Nullable String finish) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", delta);
        choice.put("finish_reason", finish);
        Map<String, Object> body = head("chat.completion.chunk", model);
        body.put("choices", List.of(choice));
        return body;
    }

    private Map<String, Object> head(String object, String served) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("object", object);
        body.put("created", created);
        body.put("model", served);
        return body;
    }

    private static List<Map<String, Object>> calls(List<Message.FunctionCall> calls, boolean numbered) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Message.FunctionCall call : calls) {
            Map<String, Object> entry = new LinkedHashMap<>();
            if (numbered) {
                entry.put("index", list.size());
            }
            entry.put("id", call.id());
            entry.put("type", "function");
            entry.put("function", Map.of("name", call.name(), "arguments", call.arguments()));
            list.add(entry);
        }
        return list;
    }

    private static Map<String, Object> usage(Reply.Usage usage) {
        return Map.of(
                "prompt_tokens", usage.promptTokens(),
                "completion_tokens", usage.completionTokens(),
                "total_tokens", usage.promptTokens() + usage.completionTokens());
    }
}
