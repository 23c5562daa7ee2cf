/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.InferenceBackend;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.kit.Configs;
import ai.king.lib.wire.BackendFaults;
import ai.king.lib.wire.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The double speaks as docs/api.md of Ollama says: lines, the counts in the last one, errors as {"error": "..."}. */
class OllamaProtocolTest extends BackendFaults {

    static final List<String> ANSWER = List.of(
            line(Map.of("role", "assistant", "content", "Hello")),
            line(Map.of("role", "assistant", "content", " there")),
            line(Map.of("role", "assistant", "content", "!")),
            last(Map.of("role", "assistant", "content", ""), "stop"));

    static void tags(Endpoint fresh, String... pulled) {
        fresh.on(
                "/api/tags",
                Endpoint.json(
                        200,
                        Map.of(
                                "models",
                                List.of(pulled).stream()
                                        .map(name -> Map.of("name", name, "model", name, "size", 4661224676L))
                                        .toList())));
    }

    private static String line(Map<String, Object> message) {
        return Endpoint.text(Map.of(
                        "model",
                        "llama3.1:8b",
                        "created_at",
                        "2026-08-01T10:00:00Z",
                        "message",
                        message,
                        "done",
                        false))
                + "\n";
    }

    private static String last(Map<String, Object> message, String reason) {
        Map<String, Object> line = new HashMap<>(Map.of("model", "llama3.1:8b", "message", message, "done", true));
        line.putAll(Map.of(
                "created_at", "2026-08-01T10:00:01Z",
                "done_reason", reason,
                "total_duration", 181553584,
                "prompt_eval_count", 11,
                "eval_count", 4));
        return Endpoint.text(line) + "\n";
    }

    @Override
    protected String path() {
        return "/api/chat";
    }

    @Override
    protected Optional<Vendor> vendor() {
        return Optional.of(new Vendor("ollama", endpoint.url(), "llama3.1:8b", "stop"));
    }

    @Override
    protected String type() {
        return "application/x-ndjson";
    }

    @Override
    protected List<String> answer() {
        return ANSWER;
    }

    @Override
    protected void furnish(Endpoint fresh) {
        tags(fresh, "nomic-embed-text:latest", "llama3.1:8b", "ceo-v3:latest");
    }

    @Override
    protected Object error(int status, String message) {
        return Map.of("error", message);
    }

    @Override
    protected InferenceBackend backend(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(Map.of("url", endpoint.url(), ".key", KEY));
        all.putAll(options);
        return new OllamaBackend(Configs.of(OllamaBackend.Config.class, all));
    }

    @Test
    void asksTheFirstModelThatChatsWithRoomForTheConversation() {
        InferenceBackend backend = backend(Map.of());
        assertThat(backend.status().models()).containsExactly("llama3.1:8b", "ceo-v3:latest");
        backend.chat(new Prompt(Optional.empty(), HELLO.messages(), List.of(), 0.05, OptionalInt.of(77)), piece -> {});
        Endpoint.Request request = endpoint.requests.remove();
        assertThat(request.headers()).containsEntry("authorization", "Bearer " + KEY);
        JsonNode body = request.json();
        assertThat(body.get("model").asText()).isEqualTo("llama3.1:8b");
        assertThat(body.get("stream").asBoolean()).isTrue();
        assertThat(body.at("/options/num_ctx").asInt()).isEqualTo(16384);
        assertThat(body.at("/options/num_predict").asInt()).isEqualTo(77);
        assertThat(body.at("/options/temperature").asDouble()).isEqualTo(0.05);
        assertThat(body.at("/messages/0/role").asText()).isEqualTo("system");
    }

    /** The file that the distribution ships changes none of them: the Ollama on this machine is found by itself. */
    @Test
    void asksTheOneOnThisMachineByDefault() throws IOException {
        assertThat(Configs.defaults(OllamaBackend.Config.class).url()).isEqualTo("http://127.0.0.1:11434");
        assertThat(Files.readAllLines(Path.of("src/main/cfg/ai.king.inference.ollama.cfg")))
                .contains("#url = http://127.0.0.1:11434")
                .allMatch(line -> line.startsWith("#"));
    }

    @Test
    void isNotWellBeforeAModelIsPulled() {
        tags(endpoint);
        assertThat(backend(Map.of()).status().detail()).isEqualTo("answers, but has pulled no model");
        tags(endpoint, "a:latest");
        assertThat(backend(Map.of("model", "b")).status().healthy()).isFalse();
        assertThat(backend(Map.of("model", "a")).status().models()).startsWith("a");
    }

    @Test
    void takesAnErrorLineAfterTheStatusForAFailure() {
        endpoint.on(
                path(),
                Endpoint.stream(
                        type(), List.of(ANSWER.get(0), "{\"error\":\"an error was encountered while running\"}\n")));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {})).isInstanceOfSatisfying(Reply.Unavailable.class, no -> {
            assertThat(no.retriable()).isTrue();
            assertThat(no.reason()).contains("an error was encountered while running");
        });
    }

    @Test
    void doesNotTakeATextForTheEnd() {
        endpoint.on(
                path(),
                Endpoint.stream(
                        type(),
                        List.of(
                                line(Map.of("role", "assistant", "content", "say \"done\":true and \"error\":\"x\"")),
                                ANSWER.get(1),
                                ANSWER.get(3))));
        assertThat(((Reply.Answer) backend(Map.of()).chat(HELLO, piece -> {})).text())
                .isEqualTo("say \"done\":true and \"error\":\"x\" there");
    }

    @Test
    void namesTheCallsThatOllamaDoesNotAndSendsArgumentsAsAnObject() throws Exception {
        Map<String, Object> message = Map.of(
                "role",
                "assistant",
                "content",
                "",
                "tool_calls",
                List.of(
                        Map.of("function", Map.of("index", 0, "name", "stock", "arguments", Map.of("sku", "DOG"))),
                        Map.of("function", Map.of("index", 1, "name", "stock", "arguments", Map.of("sku", "CAT")))));
        endpoint.on(path(), Endpoint.stream(type(), List.of(line(message), last(Map.of("role", "assistant"), "stop"))));
        String schema =
                "{\"type\":\"object\",\"properties\":{\"sku\":{\"type\":\"string\",\"pattern\":\"^[A-Z]+$\"}},\"required\":[\"sku\"]}";
        List<Prompt.Function> functions = List.of(new Prompt.Function("stock", "How many", schema));
        Reply.Answer answer = (Reply.Answer) backend(Map.of())
                .chat(new Prompt(Optional.empty(), HELLO.messages(), functions, 0, OptionalInt.empty()), piece -> {});
        assertThat(answer.finish()).isEqualTo("tool_calls");
        assertThat(answer.calls())
                .extracting(Message.FunctionCall::arguments)
                .containsExactly("{\"sku\":\"DOG\"}", "{\"sku\":\"CAT\"}");
        assertThat(answer.calls())
                .extracting(Message.FunctionCall::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("call_"));
        JsonNode parameters = endpoint.requests.remove().json().at("/tools/0/function/parameters");
        assertThat(parameters.at("/properties/sku/pattern").asText()).isEqualTo("^[A-Z]+$");
        assertThat(parameters.at("/required/0").asText()).isEqualTo("sku");

        backend(Map.of())
                .chat(
                        new Prompt(
                                Optional.empty(),
                                List.of(
                                        Message.of(Message.Role.USER, "How many?"),
                                        new Message(Message.Role.ASSISTANT, "", answer.calls(), Optional.empty()),
                                        new Message(
                                                Message.Role.TOOL,
                                                "12",
                                                List.of(),
                                                Optional.of(
                                                        answer.calls().get(0).id()))),
                                List.of(),
                                0,
                                OptionalInt.empty()),
                        piece -> {});
        JsonNode second = endpoint.requests.remove().json();
        assertThat(second.at("/messages/1/tool_calls/0/function/arguments").isObject())
                .isTrue();
        assertThat(second.at("/messages/2/role").asText()).isEqualTo("tool");
    }

    @Test
    void embedsInOrder() {
        endpoint.on(
                "/api/embed",
                Endpoint.json(
                        200,
                        Map.of(
                                "model",
                                "nomic-embed-text",
                                "embeddings",
                                List.of(List.of(0.5, 1.0), List.of(0.25, -1.0)),
                                "prompt_eval_count",
                                3)));
        InferenceBackend backend = backend(Map.of("embedding.model", "nomic-embed-text"));
        assertThat(backend.embed(List.of("a", "b"))).containsExactly(new float[] {0.5f, 1}, new float[] {0.25f, -1});
        assertThat(backend.status().embeds()).isTrue();
        assertThat(backend.embed(List.of())).isEmpty();
    }
}
