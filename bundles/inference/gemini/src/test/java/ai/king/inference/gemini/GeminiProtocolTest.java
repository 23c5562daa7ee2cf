/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.gemini;

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

/** The double speaks as the documentation of streamGenerateContent says: whole responses in pieces, the last with its reason. */
class GeminiProtocolTest extends BackendFaults {

    private static final String MODEL = "gemini-2.5-flash";

    static List<String> answer(String finish, String... pieces) {
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            frames.add(frame(List.of(Map.of("text", pieces[i])), i == pieces.length - 1 ? finish : null));
        }
        return frames;
    }

    static String frame(List<Object> parts, String finish) {
        Map<String, Object> candidate =
                new HashMap<>(Map.of("index", 0, "content", Map.of("role", "model", "parts", parts)));
        if (finish != null) {
            candidate.put("finishReason", finish);
        }
        return Endpoint.data(Map.of(
                "candidates",
                List.of(candidate),
                "usageMetadata",
                Map.of("promptTokenCount", 11, "candidatesTokenCount", 4, "totalTokenCount", 15),
                "modelVersion",
                MODEL,
                "responseId",
                "r1"));
    }

    @Override
    protected String path() {
        return "/v1beta/models/" + MODEL + ":streamGenerateContent?alt=sse";
    }

    @Override
    protected Optional<Vendor> vendor() {
        return Optional.of(new Vendor("gemini", endpoint.url(), MODEL, "STOP"));
    }

    @Override
    protected String type() {
        return "text/event-stream";
    }

    @Override
    protected List<String> answer() {
        return answer("STOP", "Hello", " there", "!", "");
    }

    @Override
    protected void furnish(Endpoint fresh) {
        fresh.on("/v1beta/models?", Endpoint.json(200, Map.of("models", List.of())));
    }

    @Override
    protected Object error(int status, String message) {
        return Map.of("error", Map.of("code", status, "message", message, "status", "SOME_STATUS"));
    }

    @Override
    protected InferenceBackend backend(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(Map.of("url", endpoint.url() + "/v1beta", ".key", KEY));
        all.putAll(options);
        return new GeminiBackend(Configs.of(GeminiBackend.Config.class, all));
    }

    @Test
    void sendsWhatTheProtocolAsksForAndTheKeyInAHeader() {
        backend(Map.of())
                .chat(new Prompt(Optional.empty(), HELLO.messages(), List.of(), 0.05, OptionalInt.of(77)), piece -> {});
        Endpoint.Request request = endpoint.requests.remove();
        assertThat(request.headers()).containsEntry("x-goog-api-key", KEY);
        assertThat(request.path()).isEqualTo(path());
        JsonNode body = request.json();
        assertThat(body.at("/systemInstruction/parts/0/text").asText()).isEqualTo("You are brief.");
        assertThat(body.at("/contents/0/role").asText()).isEqualTo("user");
        assertThat(body.at("/generationConfig/temperature").asDouble()).isEqualTo(0.05);
        assertThat(body.at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(77);
    }

    @Test
    void asksForFunctionsAndTellsWhatTheyReturned() {
        endpoint.on(
                path(),
                Endpoint.stream(
                        type(),
                        List.of(frame(
                                List.of(Map.of("functionCall", Map.of("name", "stock", "args", Map.of("sku", "DOG")))),
                                "STOP"))));
        String schema =
                "{\"type\":\"object\",\"properties\":{\"sku\":{\"type\":\"string\",\"description\":\"Which\"}},\"required\":[\"sku\"]}";
        List<Prompt.Function> functions = List.of(new Prompt.Function("stock", "How many", schema));
        Reply.Answer answer = (Reply.Answer) backend(Map.of())
                .chat(new Prompt(Optional.empty(), HELLO.messages(), functions, 0, OptionalInt.empty()), piece -> {});
        assertThat(answer.finish()).isEqualTo("tool_calls");
        assertThat(answer.calls()).extracting(Message.FunctionCall::name).containsExactly("stock");
        assertThat(answer.calls().get(0).arguments()).contains("\"sku\"", "DOG");
        String request = endpoint.requests.remove().body();
        assertThat(request).contains("\"stock\"", "\"sku\"", "Which");

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
                                functions,
                                0,
                                OptionalInt.empty()),
                        piece -> {});
        JsonNode second = endpoint.requests.remove().json();
        assertThat(second.at("/contents/1/parts/0/functionCall/args/sku").asText())
                .isEqualTo("DOG");
        assertThat(second.at("/contents/2/parts/0/functionResponse/name").asText())
                .isEqualTo("stock");
    }

    /** Turns of a conversation about stock, as the platform hands them on. */
    private static List<Message> afterCalls(Reply.Answer answer) {
        return List.of(
                Message.of(Message.Role.USER, "How many?"),
                new Message(Message.Role.ASSISTANT, "", answer.calls(), Optional.empty()),
                new Message(
                        Message.Role.TOOL,
                        "12",
                        List.of(),
                        Optional.of(answer.calls().get(0).id())));
    }

    @Test
    void bringsTheSignatureOfACallBackWithIt() {
        endpoint.on(
                path().replace(MODEL, "gemini-3-pro"),
                Endpoint.stream(
                        type(),
                        List.of(frame(
                                List.of(
                                        Map.of(
                                                "functionCall",
                                                Map.of("name", "stock", "args", Map.of("sku", "DOG")),
                                                "thoughtSignature",
                                                "c2lnbmVk"),
                                        Map.of("functionCall", Map.of("name", "stock", "args", Map.of("sku", "CAT")))),
                                "STOP"))));
        InferenceBackend backend = backend(Map.of("model", "gemini-3-pro"));
        List<Prompt.Function> functions =
                List.of(new Prompt.Function("stock", "How many", "{\"type\":\"object\",\"properties\":{}}"));
        Reply.Answer answer = (Reply.Answer) backend.chat(
                new Prompt(Optional.empty(), HELLO.messages(), functions, 0, OptionalInt.empty()), piece -> {});
        assertThat(answer.calls()).hasSize(2);
        endpoint.requests.clear();
        Prompt next = new Prompt(Optional.empty(), afterCalls(answer), functions, 0, OptionalInt.empty());
        backend.chat(next, piece -> {});
        JsonNode parts = endpoint.requests.remove().json().at("/contents/1/parts");
        assertThat(parts.at("/0/thoughtSignature").asText()).isEqualTo("c2lnbmVk");
        assertThat(parts.at("/0/functionCall/args/sku").asText()).isEqualTo("DOG");
        assertThat(parts.at("/1").has("thoughtSignature")).isFalse();

        backend(Map.of("model", "gemini-3-pro")).chat(next, piece -> {});
        assertThat(endpoint.requests
                        .remove()
                        .json()
                        .at("/contents/1/parts/0/thoughtSignature")
                        .asText())
                .as("a generation that never saw the call")
                .isEqualTo("skip_thought_signature_validator");
    }

    @Test
    void readsWhenToComeBackFromTheBody() {
        endpoint.on(
                path(),
                Endpoint.json(
                        429,
                        Map.of(
                                "error",
                                Map.of(
                                        "code",
                                        429,
                                        "message",
                                        "quota",
                                        "status",
                                        "RESOURCE_EXHAUSTED",
                                        "details",
                                        List.of(Map.of(
                                                "@type",
                                                "type.googleapis.com/google.rpc.RetryInfo",
                                                "retryDelay",
                                                "37s"))))));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {}))
                .isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retryAfterSeconds())
                        .contains(37L));
    }

    @Test
    void tellsABlockedPromptFromABrokenCall() {
        endpoint.on(
                path(),
                Endpoint.stream(
                        type(), List.of(Endpoint.data(Map.of("promptFeedback", Map.of("blockReason", "SAFETY"))))));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {})).isInstanceOfSatisfying(Reply.Unavailable.class, no -> {
            assertThat(no.retriable()).isFalse();
            assertThat(no.reason()).contains("the prompt was blocked: SAFETY");
        });
        endpoint.on(path(), Endpoint.stream(type(), answer("MALFORMED_FUNCTION_CALL", "")));
        assertThat(backend(Map.of()).chat(HELLO, piece -> {}))
                .isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retriable())
                        .isTrue());
    }

    @Test
    void saysWhyAnAnswerIsShort() {
        endpoint.on(path(), Endpoint.stream(type(), answer("MAX_TOKENS", "Once")));
        assertThat(((Reply.Answer) backend(Map.of()).chat(HELLO, piece -> {})).finish())
                .isEqualTo("length");
    }

    @Test
    void isNotWellWithoutAKeyOrWithAWrongOne() {
        assertThat(backend(Map.of(".key", "")).status().detail()).isEqualTo("no key is configured");
        endpoint.on("/v1beta/models?", Endpoint.json(400, error(400, "API key not valid")));
        assertThat(backend(Map.of()).status().detail()).contains("API key not valid");
    }
}
