/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.BackendStatus;
import ai.king.inference.InferenceBackend;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.kit.Configs;
import ai.king.lib.wire.BackendFaults;
import ai.king.lib.wire.Endpoint;
import ai.king.lib.wire.Schemas;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is sent is checked against OpenAI's own schema, for vLLM speaks its protocol. */
class VllmProtocolTest extends BackendFaults {

    private static final String REQUEST = "CreateChatCompletionRequest";

    @Override
    protected String path() {
        return "/v1/chat/completions";
    }

    @Override
    protected String type() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    protected List<String> answer() {
        return VllmServer.answer("Hello", " there", "!");
    }

    @Override
    protected void furnish(Endpoint fresh) {
        VllmServer.furnish(fresh, "0.0");
    }

    @Override
    protected Object error(int status, String message) {
        return Map.of("error", Map.of("message", message, "type", "NotFoundError", "code", status));
    }

    @Override
    protected InferenceBackend backend(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(Map.of("url", endpoint.url() + "/v1", ".key", KEY));
        all.putAll(options);
        return new VllmBackend(Configs.of(VllmBackend.Config.class, all));
    }

    @Test
    void takesAdaptersForModelsAndAsksForTheFirstModelByItself() {
        InferenceBackend backend = backend(Map.of());
        assertThat(backend.status().models()).containsExactly("qwen", "ceo-v3");
        backend.chat(HELLO, piece -> {});
        backend.chat(
                new Prompt(Optional.of("ceo-v3"), HELLO.messages(), List.of(), 0.1, OptionalInt.of(9)), piece -> {});
        JsonNode first = endpoint.requests.remove().json();
        assertThat(first.get("model").asText()).isEqualTo("qwen");
        JsonNode second = endpoint.requests.remove().json();
        assertThat(second.get("model").asText()).isEqualTo("ceo-v3");
        assertThat(second.get("max_tokens").asInt()).isEqualTo(9);
        assertThat(second.get("stream_options").get("include_usage").asBoolean())
                .isTrue();
        Schemas.check(REQUEST, first);
        Schemas.check(REQUEST, second);
    }

    @Test
    void tellsTheWindowOfTheModelThatIsAskedByItself() {
        assertThat(backend(Map.of()).status().window()).hasValue(32768);
        BackendStatus adapter = backend(Map.of("model", "ceo-v3")).status();
        assertThat(adapter.models()).containsExactly("ceo-v3", "qwen");
        assertThat(adapter.window()).hasValue(32768);
        endpoint.on("/v1/models", Endpoint.json(200, Map.of("data", List.of(Map.of("id", "qwen")))));
        assertThat(backend(Map.of()).status().window()).isEmpty();
    }

    @Test
    void isAsBusyAsItsFullestPartAndFullWhileRequestsWait() {
        assertThat(backend(Map.of()).status().load()).isEqualTo(OptionalDouble.of(0.4));
        assertThat(backend(Map.of("places", 5)).status().load()).isEqualTo(OptionalDouble.of(0.8));
        VllmServer.furnish(endpoint, "2.0");
        assertThat(backend(Map.of()).status().load()).isEqualTo(OptionalDouble.of(1));
        endpoint.on("/metrics", Endpoint.json(404, Map.of("detail", "Not Found")));
        assertThat(backend(Map.of()).status().load()).isEmpty();
        assertThat(Metrics.load("vllm:gpu_cache_usage_perc{model_name=\"q\"} 5e-1\n", 1))
                .hasValue(0.5);
    }

    @Test
    void isNotWellWithoutTheModelItIsToServe() {
        assertThat(backend(Map.of("model", "llama")).status().detail()).isEqualTo("does not serve the model llama");
        endpoint.on("/v1/models", Endpoint.json(200, Map.of("object", "list", "data", List.of())));
        assertThat(backend(Map.of()).status().healthy()).isFalse();
    }

    @Test
    void readsTheErrorsOfOlderServersToo() {
        Map<String, Object> flat = Map.of(
                "object", "error", "message", "The model `x` does not exist.", "type", "NotFoundError", "code", 404);
        endpoint.on(path(), Endpoint.json(404, flat));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {}).toString()).contains("The model `x` does not exist.");
        endpoint.on(path(), Endpoint.stream(type(), List.of(answer().get(0), Endpoint.data(flat))));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {})).isInstanceOfSatisfying(Reply.Unavailable.class, no -> {
            assertThat(no.retriable()).isFalse();
            assertThat(no.reason()).contains("404");
        });
    }

    @Test
    void bringsBackCallsThatComeInFragments() {
        endpoint.on(
                path(),
                Endpoint.stream(
                        type(),
                        List.of(
                                call(Map.of(
                                        "index",
                                        0,
                                        "id",
                                        "call-1",
                                        "type",
                                        "function",
                                        "function",
                                        Map.of("name", "stock"))),
                                call(Map.of("index", 0, "function", Map.of("arguments", "{\"sku\":"))),
                                call(Map.of("index", 0, "function", Map.of("arguments", "\"DOG\"}"))),
                                VllmServer.chunk(Map.of(), "tool_calls"),
                                VllmServer.usage(),
                                Endpoint.data("[DONE]"))));
        Prompt prompt = new Prompt(
                Optional.empty(),
                HELLO.messages(),
                List.of(new Prompt.Function(
                        "stock", "How many", "{\"type\":\"object\",\"additionalProperties\":false}")),
                0,
                OptionalInt.empty());
        Reply.Answer answer = (Reply.Answer) backend(Map.of()).chat(prompt, piece -> {});
        assertThat(answer.calls()).containsExactly(new Message.FunctionCall("call-1", "stock", "{\"sku\":\"DOG\"}"));
        JsonNode request = endpoint.requests.remove().json();
        assertThat(request.at("/tools/0/function/parameters/additionalProperties")
                        .isBoolean())
                .isTrue();
        Schemas.check(REQUEST, request);
    }

    @Test
    void tellsTheModelWhatItsCallsReturned() {
        Message.FunctionCall call = new Message.FunctionCall("call-1", "stock", "{\"sku\":\"DOG\"}");
        List<Message> messages = List.of(
                Message.of(Message.Role.SYSTEM, "You are brief."),
                Message.of(Message.Role.USER, "How many?"),
                new Message(Message.Role.ASSISTANT, "", List.of(call), Optional.empty()),
                new Message(Message.Role.TOOL, "12", List.of(), Optional.of("call-1")));
        backend(Map.of()).chat(new Prompt(Optional.empty(), messages, List.of(), 0, OptionalInt.of(9)), piece -> {});
        JsonNode request = endpoint.requests.remove().json();
        assertThat(request.at("/messages/2/tool_calls/0/id").asText()).isEqualTo("call-1");
        assertThat(request.at("/messages/3/tool_call_id").asText()).isEqualTo("call-1");
        Schemas.check(REQUEST, request);
    }

    private static String call(Map<String, Object> call) {
        return VllmServer.chunk(Map.of("tool_calls", List.of(call)), null);
    }
}
