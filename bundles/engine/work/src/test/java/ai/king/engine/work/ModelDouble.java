/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.lib.wire.Endpoint;
import ai.king.lib.wire.Endpoint.Behaviour;
import ai.king.lib.wire.Schemas;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A model behind OpenAI's protocol: what it is asked decides what it sends, byte by byte where a test wants. */
final class ModelDouble implements AutoCloseable {

    static final String STREAM = "text/event-stream";

    private final Endpoint endpoint = new Endpoint();

    /** What it is asked for: the platform's three questions to a model. */
    enum Kind {
        INTENT,
        PLAN,
        STEP
    }

    ModelDouble(Function<JsonNode, Behaviour> answers) throws IOException {
        endpoint.on("/models", Endpoint.json(200, Map.of("object", "list", "data", List.of(model()))))
                .on("/chat/completions", (request, out) -> answers.apply(request.json())
                        .answer(request, out));
    }

    private static Map<String, Object> model() {
        return Map.of("id", "gpt-4o-mini", "object", "model", "created", 1, "owned_by", "double");
    }

    Endpoint endpoint() {
        return endpoint;
    }

    String url() {
        return endpoint.url();
    }

    static Kind kind(JsonNode request) {
        String system = request.at("/messages/0/content").asText();
        return system.startsWith("You sort") ? Kind.INTENT : system.startsWith("You plan") ? Kind.PLAN : Kind.STEP;
    }

    /** How many turns of tools the conversation has. */
    static int turns(JsonNode request) {
        int turns = 0;
        for (JsonNode message : request.get("messages")) {
            turns += message.has("tool_calls") ? 1 : 0;
        }
        return turns;
    }

    static Behaviour says(String text) {
        return Endpoint.stream(STREAM, frames(text));
    }

    static List<String> frames(String text) {
        List<String> frames = new ArrayList<>();
        frames.add(frame(Map.of("role", "assistant", "content", ""), null));
        for (int i = 0; i < text.length(); i += 20) {
            frames.add(frame(Map.of("content", text.substring(i, Math.min(text.length(), i + 20))), null));
        }
        frames.addAll(end("stop"));
        return frames;
    }

    static Behaviour calls(String function, String arguments) {
        List<String> frames = new ArrayList<>();
        Map<String, Object> call = Map.of(
                "index",
                0,
                "id",
                "call_" + Math.abs((function + arguments).hashCode()),
                "type",
                "function",
                "function",
                Map.of("name", function, "arguments", arguments));
        frames.add(frame(Map.of("tool_calls", List.of(call)), null));
        frames.addAll(end("tool_calls"));
        return Endpoint.stream(STREAM, frames);
    }

    static Behaviour error(int status, String... headers) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", "It did not work");
        error.put("type", "server_error");
        error.put("param", null);
        error.put("code", null);
        return Endpoint.json(status, Map.of("error", error), headers);
    }

    private static List<String> end(String finish) {
        Map<String, Object> usage = chunk(List.of());
        usage.put("usage", Map.of("prompt_tokens", 100, "completion_tokens", 10, "total_tokens", 110));
        return List.of(frame(Map.of(), finish), Endpoint.data(usage), Endpoint.data("[DONE]"));
    }

    private static String frame(Map<String, Object> delta, @Nullable String finish) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", delta);
        choice.put("finish_reason", finish);
        return Endpoint.data(chunk(List.of(choice)));
    }

    private static Map<String, Object> chunk(List<Object> choices) {
        Map<String, Object> chunk = new LinkedHashMap<>();
        chunk.put("id", "chatcmpl-1");
        chunk.put("object", "chat.completion.chunk");
        chunk.put("created", 1);
        chunk.put("model", "gpt-4o-mini");
        chunk.put("choices", choices);
        return chunk;
    }

    /** Everything it was asked, checked against the vendor's own schema where that is there. */
    List<JsonNode> asked() {
        List<JsonNode> asked = new ArrayList<>();
        endpoint.requests.forEach(request -> asked.add(request.json()));
        return asked;
    }

    void checked() {
        asked().forEach(request -> Schemas.check("CreateChatCompletionRequest", request));
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }
}
