/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.InferenceBackend;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.kit.Configs;
import ai.king.lib.wire.BackendFaults;
import ai.king.lib.wire.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The double speaks as the documentation of the messages protocol says: named events, usage at both ends, pings. */
class AnthropicProtocolTest extends BackendFaults {

    static List<String> answer(String stop, String... blocks) {
        List<String> frames = new ArrayList<>();
        Map<String, Object> message = new HashMap<>(Map.of(
                "id",
                "msg_1",
                "type",
                "message",
                "role",
                "assistant",
                "content",
                List.of(),
                "model",
                "claude-sonnet-4-5"));
        message.put("stop_reason", null);
        message.put("usage", Map.of("input_tokens", 11, "output_tokens", 1));
        frames.add(event("message_start", Map.of("message", message)));
        frames.addAll(List.of(blocks));
        frames.add(event(
                "message_delta", Map.of("delta", Map.of("stop_reason", stop), "usage", Map.of("output_tokens", 4))));
        frames.add(event("message_stop", Map.of()));
        return frames;
    }

    static String[] text(String... pieces) {
        List<String> frames = new ArrayList<>();
        frames.add(
                event("content_block_start", Map.of("index", 0, "content_block", Map.of("type", "text", "text", ""))));
        for (String piece : pieces) {
            frames.add(event(
                    "content_block_delta", Map.of("index", 0, "delta", Map.of("type", "text_delta", "text", piece))));
        }
        frames.add(event("content_block_stop", Map.of("index", 0)));
        return frames.toArray(String[]::new);
    }

    private static String event(String name, Map<String, Object> rest) {
        Map<String, Object> data = new HashMap<>(rest);
        data.put("type", name);
        return Endpoint.event(name, data);
    }

    @Override
    protected String path() {
        return "/v1/messages";
    }

    @Override
    protected Optional<Vendor> vendor() {
        return Optional.of(new Vendor("anthropic", endpoint.url(), "claude-sonnet-4-5", "end_turn"));
    }

    @Override
    protected String type() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    protected List<String> answer() {
        List<String> frames = answer("end_turn", text("Hello", " there", "!"));
        frames.add(2, event("ping", Map.of()));
        return frames;
    }

    @Override
    protected void furnish(Endpoint fresh) {
        fresh.on("/v1/models", Endpoint.json(200, Map.of("data", List.of(), "has_more", false)));
    }

    @Override
    protected Object error(int status, String message) {
        return Map.of(
                "type", "error", "error", Map.of("type", "some_error", "message", message), "request_id", "req_1");
    }

    @Override
    protected InferenceBackend backend(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(Map.of("url", endpoint.url() + "/v1", ".key", KEY));
        all.putAll(options);
        return new AnthropicBackend(Configs.of(AnthropicBackend.Config.class, all));
    }

    @Test
    void sendsWhatTheProtocolAsksFor() {
        backend(Map.of())
                .chat(
                        new Prompt(
                                Optional.of("claude-opus-4-5"), HELLO.messages(), List.of(), 1.7, OptionalInt.of(77)),
                        p -> {});
        Endpoint.Request request = endpoint.requests.remove();
        assertThat(request.headers()).containsEntry("x-api-key", KEY).containsEntry("anthropic-version", "2023-06-01");
        JsonNode body = request.json();
        assertThat(body.get("model").asText()).isEqualTo("claude-opus-4-5");
        assertThat(body.get("max_tokens").asInt()).isEqualTo(77);
        assertThat(body.get("temperature").asDouble()).isEqualTo(1);
        assertThat(body.get("stream").asBoolean()).isTrue();
        assertThat(body.at("/system/0/text").asText()).isEqualTo("You are brief.");
        assertThat(body.at("/system/0/cache_control/type").asText()).isEqualTo("ephemeral");
        assertThat(body.get("messages")).hasSize(1);
        assertThat(body.at("/messages/0/role").asText()).isEqualTo("user");
    }

    @Test
    void asksForFunctionsAndTellsWhatTheyReturned() {
        endpoint.on(
                path(),
                Endpoint.stream(
                        type(),
                        answer(
                                "tool_use",
                                event(
                                        "content_block_start",
                                        Map.of(
                                                "index",
                                                0,
                                                "content_block",
                                                Map.of(
                                                        "type",
                                                        "tool_use",
                                                        "id",
                                                        "toolu_1",
                                                        "name",
                                                        "stock",
                                                        "input",
                                                        Map.of()))),
                                json("{\"sku\":"),
                                json("\"DOG\"}"),
                                event("content_block_stop", Map.of("index", 0)))));
        String schema =
                "{\"type\":\"object\",\"properties\":{\"sku\":{\"type\":\"string\",\"pattern\":\"^[A-Z]+$\"}},\"required\":[\"sku\"]}";
        List<Prompt.Function> functions = List.of(new Prompt.Function("stock", "How many", schema));
        Reply.Answer answer = (Reply.Answer) backend(Map.of())
                .chat(new Prompt(Optional.empty(), HELLO.messages(), functions, 0, OptionalInt.empty()), piece -> {});
        assertThat(answer.finish()).isEqualTo("tool_calls");
        assertThat(answer.calls()).containsExactly(new Message.FunctionCall("toolu_1", "stock", "{\"sku\":\"DOG\"}"));
        JsonNode tool = endpoint.requests.remove().json().at("/tools/0");
        assertThat(tool.at("/input_schema/properties/sku/pattern").asText()).isEqualTo("^[A-Z]+$");
        assertThat(tool.at("/input_schema/required/0").asText()).isEqualTo("sku");

        backend(Map.of())
                .chat(
                        new Prompt(
                                Optional.empty(),
                                List.of(
                                        Message.of(Message.Role.USER, "How many?"),
                                        new Message(Message.Role.ASSISTANT, "", answer.calls(), Optional.empty()),
                                        new Message(Message.Role.TOOL, "12", List.of(), Optional.of("toolu_1"))),
                                functions,
                                0,
                                OptionalInt.empty()),
                        piece -> {});
        JsonNode second = endpoint.requests.remove().json();
        assertThat(second.at("/messages/1/content/0/type").asText()).isEqualTo("tool_use");
        assertThat(second.at("/messages/1/content/0/input/sku").asText()).isEqualTo("DOG");
        assertThat(second.at("/messages/2/role").asText()).isEqualTo("user");
        assertThat(second.at("/messages/2/content/0/tool_use_id").asText()).isEqualTo("toolu_1");
    }

    private static String json(String piece) {
        return event(
                "content_block_delta",
                Map.of("index", 0, "delta", Map.of("type", "input_json_delta", "partial_json", piece)));
    }

    @Test
    void takesAnErrorEventForWhatItSays() {
        endpoint.on(path(), Endpoint.stream(type(), List.of(fault("overloaded_error", "Overloaded"))));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {})).isInstanceOfSatisfying(Reply.Unavailable.class, no -> {
            assertThat(no.retriable()).isTrue();
            assertThat(no.reason()).contains("529", "Overloaded");
        });
        endpoint.on(path(), Endpoint.stream(type(), List.of(fault("invalid_request_error", "too long"))));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {}))
                .isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retriable())
                        .isFalse());
        endpoint.on(path(), Endpoint.json(529, error(529, "Overloaded")));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {}))
                .isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retriable())
                        .isTrue());
    }

    private static String fault(String type, String message) {
        return event("error", Map.of("error", Map.of("type", type, "message", message)));
    }

    @Test
    void takesARefusalOfTheModelForFinal() {
        endpoint.on(path(), Endpoint.stream(type(), answer("refusal", text("I"))));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {})).isInstanceOfSatisfying(Reply.Unavailable.class, no -> {
            assertThat(no.retriable()).isFalse();
            assertThat(no.reason()).contains("the model refused");
        });
    }

    @Test
    void saysWhyAnAnswerIsShort() {
        endpoint.on(path(), Endpoint.stream(type(), answer("max_tokens", text("Once"))));
        assertThat(((Reply.Answer) backend(Map.of()).chat(HELLO, piece -> {})).finish())
                .isEqualTo("length");
    }

    @Test
    void isNotWellWithoutAKeyOrWithAWrongOne() {
        assertThat(backend(Map.of(".key", "")).status().detail()).isEqualTo("no key is configured");
        endpoint.on("/v1/models", Endpoint.json(401, error(401, "invalid x-api-key")));
        assertThat(backend(Map.of()).status().detail()).contains("401", "invalid x-api-key");
    }
}
