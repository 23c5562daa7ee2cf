/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.kit.Configs;
import ai.king.lib.wire.Schemas;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wire: what is sent and what becomes of everything a real endpoint answers. */
class OpenAiProtocolTest {

    private static final String KEY = "sk-proj-Very5ecretKey1234";
    private static final Prompt HELLO = Prompt.of("You are brief.", "Say hello");

    private Endpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new Endpoint();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private OpenAiBackend backend(Map<String, Object> config) {
        Map<String, Object> all = new HashMap<>(Map.of("url", endpoint.url(), ".key", KEY));
        all.putAll(config);
        return new OpenAiBackend(Configs.of(OpenAiBackend.Config.class, all));
    }

    private Reply chat(Prompt prompt) {
        return backend(Map.of()).chat(prompt, piece -> {});
    }

    private Reply.Unavailable failure() {
        Reply reply = chat(HELLO);
        assertThat(reply).isInstanceOf(Reply.Unavailable.class);
        return (Reply.Unavailable) reply;
    }

    @Test
    void streamsInOrderOnTheCallersThread() {
        List<String> pieces = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        Reply reply = backend(Map.of()).chat(HELLO, piece -> {
            pieces.add(piece);
            threads.add(Thread.currentThread());
        });
        assertThat(pieces).containsExactly("Hello", " there", "!");
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThat(reply)
                .isEqualTo(new Reply.Answer(
                        "gpt-4o-mini-2024-07-18", "Hello there!", List.of(), "stop", new Reply.Usage(11, 4)));
    }

    @Test
    void givesEachPieceBeforeTheNextIsMade() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        endpoint.behaviour = exchange -> {
            OutputStream out = endpoint.open(exchange);
            endpoint.send(out, Endpoint.frame(Map.of("content", "first"), null));
            try {
                endpoint.send(
                        out,
                        Endpoint.frame(
                                Map.of("content", heard.await(20, TimeUnit.SECONDS) ? " heard" : " lost"), "stop"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.write("data: [DONE]\n\n".getBytes());
        };
        Reply reply = backend(Map.of()).chat(HELLO, piece -> heard.countDown());
        assertThat(((Reply.Answer) reply).text()).isEqualTo("first heard");
    }

    @Test
    void sendsWhatTheProtocolAsksFor() throws Exception {
        chat(new Prompt(Optional.of("gpt-4o"), HELLO.messages(), List.of(), 0.05, OptionalInt.of(77)));
        JsonNode request = endpoint.requests.poll(5, TimeUnit.SECONDS);
        assertThat(request.get("model").asText()).isEqualTo("gpt-4o");
        assertThat(request.get("stream").asBoolean()).isTrue();
        assertThat(request.get("stream_options").get("include_usage").asBoolean())
                .isTrue();
        assertThat(request.get("temperature").asDouble()).isEqualTo(0.05);
        assertThat(request.get("max_tokens").asInt()).isEqualTo(77);
        assertThat(request.get("messages").get(0).get("role").asText()).isEqualTo("system");
        assertThat(request.get("messages").get(1).get("role").asText()).isEqualTo("user");
        assertThat(endpoint.authorizations.poll()).isEqualTo("Bearer " + KEY);
        Schemas.check("CreateChatCompletionRequest", request);
        endpoint.sent.forEach(frame -> Schemas.check("CreateChatCompletionStreamResponse", frame));
    }

    @Test
    void asksForFunctionsAndBringsBackTheCalls() throws Exception {
        endpoint.behaviour = exchange -> endpoint.stream(exchange, toolCallFrames());
        String schema =
                "{\"type\":\"object\",\"properties\":{\"sku\":{\"type\":\"string\",\"pattern\":\"^[A-Z]+$\"}},\"required\":[\"sku\"]}";
        Prompt prompt = new Prompt(
                Optional.empty(),
                HELLO.messages(),
                List.of(new Prompt.Function("stock", "Says how many are there", schema)),
                0,
                OptionalInt.empty());
        Reply.Answer answer = (Reply.Answer) chat(prompt);
        assertThat(answer.finish()).isEqualTo("tool_calls");
        assertThat(answer.calls())
                .containsExactly(
                        new Message.FunctionCall("call_1", "stock", "{\"sku\":\"DOG\"}"),
                        new Message.FunctionCall("call_2", "stock", "{\"sku\":\"CAT\"}"));
        JsonNode request = endpoint.requests.poll(5, TimeUnit.SECONDS);
        assertThat(request.at("/tools/0/function/parameters")).isEqualTo(Endpoint.JSON.readTree(schema));
        Schemas.check("CreateChatCompletionRequest", request);
    }

    private static List<Map<String, Object>> toolCallFrames() {
        List<Map<String, Object>> frames = new ArrayList<>();
        frames.add(Endpoint.frame(Map.of("role", "assistant"), null));
        frames.add(toolFrame(Map.of(
                "index", 0, "id", "call_1", "type", "function", "function", Map.of("name", "stock", "arguments", ""))));
        frames.add(toolFrame(Map.of("index", 0, "function", Map.of("arguments", "{\"sku\":"))));
        frames.add(toolFrame(Map.of("index", 0, "function", Map.of("arguments", "\"DOG\"}"))));
        frames.add(toolFrame(Map.of(
                "index",
                1,
                "id",
                "call_2",
                "type",
                "function",
                "function",
                Map.of("name", "stock", "arguments", "{\"sku\":\"CAT\"}"))));
        frames.add(Endpoint.frame(Map.of(), "tool_calls"));
        frames.add(Endpoint.usage(20, 9));
        return frames;
    }

    private static Map<String, Object> toolFrame(Map<String, Object> call) {
        return Endpoint.frame(Map.of("tool_calls", List.of(call)), null);
    }

    @Test
    void tellsTheModelWhatItsCallsReturned() throws Exception {
        Message.FunctionCall call = new Message.FunctionCall("call_1", "stock", "{\"sku\":\"DOG\"}");
        chat(new Prompt(
                Optional.empty(),
                List.of(
                        Message.of(Message.Role.USER, "How many?"),
                        new Message(Message.Role.ASSISTANT, "", List.of(call), Optional.empty()),
                        new Message(Message.Role.TOOL, "12", List.of(), Optional.of("call_1"))),
                List.of(),
                0,
                OptionalInt.empty()));
        JsonNode request = endpoint.requests.poll(5, TimeUnit.SECONDS);
        assertThat(request.at("/messages/1/tool_calls/0/id").asText()).isEqualTo("call_1");
        assertThat(request.at("/messages/2/tool_call_id").asText()).isEqualTo("call_1");
        Schemas.check("CreateChatCompletionRequest", request);
    }

    @ParameterizedTest
    @CsvSource({
        "400,false",
        "401,false",
        "403,false",
        "404,false",
        "408,true",
        "422,false",
        "429,true",
        "500,true",
        "502,true",
        "503,true"
    })
    void saysWhichErrorsAnotherAttemptMayHelp(int status, boolean retriable) {
        endpoint.behaviour = exchange -> endpoint.error(exchange, status, "some_error", "It did not work");
        assertThat(failure().retriable()).isEqualTo(retriable);
        assertThat(failure().reason()).contains(String.valueOf(status)).contains("It did not work");
        endpoint.sent.forEach(envelope -> Schemas.check("ErrorResponse", envelope));
    }

    @Test
    void handsOnWhenToComeBack() {
        endpoint.behaviour = exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "17");
            endpoint.error(exchange, 429, "rate_limit_exceeded", "Rate limit reached");
        };
        assertThat(failure().retryAfterSeconds()).contains(17L);
    }

    @Test
    void neverShowsTheKey() {
        endpoint.behaviour = exchange -> endpoint.error(
                exchange,
                401,
                "invalid_api_key",
                "Incorrect API key provided: " + KEY + ". Or was it sk-abcdef1234567890?");
        assertThat(failure().reason())
                .doesNotContain(KEY)
                .doesNotContain("sk-abcdef")
                .contains("401");
    }

    @Test
    void takesAnErrorInTheStreamForOne() {
        endpoint.behaviour = exchange -> {
            OutputStream out = endpoint.open(exchange);
            endpoint.send(out, Endpoint.frame(Map.of("content", "Hel"), null));
            endpoint.send(out, Map.of("error", Map.of("message", "The server had an error", "type", "server_error")));
        };
        assertThat(failure()).satisfies(no -> assertThat(no.retriable()).isTrue());
        assertThat(failure().reason()).contains("The server had an error");
    }

    @Test
    void takesAStreamWithoutItsEndMarkForBrokenOff() {
        endpoint.behaviour = exchange -> {
            OutputStream out = endpoint.open(exchange);
            endpoint.send(out, Endpoint.frame(Map.of("content", "Hel"), null));
        };
        assertThat(failure().retriable()).isTrue();
    }

    @Test
    void takesARefusalOfTheModelForFinal() {
        endpoint.behaviour = exchange -> endpoint.stream(
                exchange,
                List.of(
                        Endpoint.frame(Map.of("refusal", "I cannot "), null),
                        Endpoint.frame(Map.of("refusal", "help with that"), null),
                        Endpoint.frame(Map.of(), "stop")));
        assertThat(failure().retriable()).isFalse();
        assertThat(failure().reason()).contains("I cannot help with that");
    }

    @Test
    void saysWhyAnAnswerIsShort() {
        endpoint.behaviour = exchange -> endpoint.stream(
                exchange, List.of(Endpoint.frame(Map.of("content", "Once"), null), Endpoint.frame(Map.of(), "length")));
        assertThat(((Reply.Answer) chat(HELLO)).finish()).isEqualTo("length");
    }

    @Test
    void givesUpAfterASilence() {
        CountDownLatch end = new CountDownLatch(1);
        endpoint.behaviour = exchange -> {
            endpoint.send(endpoint.open(exchange), Endpoint.frame(Map.of("content", "Hel"), null));
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Reply reply = backend(Map.of("silence.timeout", 1)).chat(HELLO, piece -> {});
        end.countDown();
        assertThat(reply).isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retriable())
                .isTrue());
        assertThat(((Reply.Unavailable) reply).reason()).contains("silent for 1 s");
    }

    @Test
    void hangsUpWhenInterrupted() throws Exception {
        endpoint.behaviour = endpoint::streamUntilHungUp;
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        OpenAiBackend backend = backend(Map.of());
        Thread caller = new Thread(() -> reply.complete(backend.chat(HELLO, piece -> started.countDown())));
        caller.start();
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        assertThat(reply.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.Unavailable.class);
        assertThat(endpoint.hungUp.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void hangsUpWhenTheListenerThrows() throws Exception {
        endpoint.behaviour = endpoint::streamUntilHungUp;
        Reply reply = backend(Map.of()).chat(HELLO, piece -> {
            throw new IllegalStateException("enough");
        });
        assertThat(reply).isInstanceOf(Reply.Unavailable.class);
        assertThat(endpoint.hungUp.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysThatNobodyIsThere() {
        String url = endpoint.url();
        endpoint.close();
        OpenAiBackend backend = backend(Map.of("url", url));
        Reply reply = backend.chat(HELLO, piece -> {});
        assertThat(reply).isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retriable())
                .isTrue());
        assertThat(backend.status().healthy()).isFalse();
    }

    @Test
    void refusesAPromptThatCannotBeSaid() {
        Reply reply = chat(new Prompt(
                Optional.empty(), List.of(Message.of(Message.Role.TOOL, "12")), List.of(), 0, OptionalInt.empty()));
        assertThat(reply).isInstanceOfSatisfying(Reply.Unavailable.class, no -> assertThat(no.retriable())
                .isFalse());
        assertThat(endpoint.requests).isEmpty();
    }

    @Test
    void endsWhenInterruptedBeforeTheFirstWord() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        endpoint.behaviour = exchange -> {
            called.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        OpenAiBackend backend = backend(Map.of());
        Thread caller = new Thread(() -> reply.complete(backend.chat(HELLO, piece -> {})));
        caller.start();
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        assertThat(reply.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.Unavailable.class);
        end.countDown();
    }

    @Test
    void embedsInOrderAndSaysWhyItCannot() throws Exception {
        OpenAiBackend backend = backend(Map.of("embedding.model", "text-embedding-3-small"));
        assertThat(backend.embed(List.of("a", "b")))
                .containsExactly(new float[] {0.5f, 0, -1}, new float[] {0.5f, 1, -1});
        Schemas.check("CreateEmbeddingRequest", endpoint.requests.poll(5, TimeUnit.SECONDS));
        endpoint.sent.forEach(body -> Schemas.check("CreateEmbeddingResponse", body));
        endpoint.close();
        assertThatThrownBy(() -> backend.embed(List.of("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause();
    }

    @Test
    void knowsItsModelsAndItsHealth() {
        OpenAiBackend backend = backend(Map.of("models", List.of("gpt-4o", "gpt-4o-mini")));
        assertThat(backend.status().models()).containsExactly("gpt-4o-mini", "gpt-4o");
        assertThat(backend.status().healthy()).isTrue();
        assertThat(endpoint.authorizations).containsExactly("Bearer " + KEY);
    }

    @Test
    void isNotWellWithoutTheKeyItNeeds() {
        OpenAiBackend backend = new OpenAiBackend(Configs.defaults(OpenAiBackend.Config.class));
        assertThat(backend.status().healthy()).isFalse();
        assertThat(backend.status().detail()).isEqualTo("no key is configured");
    }

    @Test
    void startsNoThreadOfItsOwn() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThat(chat(HELLO)).isInstanceOf(Reply.Answer.class);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> name.toLowerCase(Locale.ROOT).contains("http")))
                .isEmpty();
    }

    @Test
    void servesManyCallersAtOnce() {
        OpenAiBackend backend = backend(Map.of());
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(CompletableFuture.supplyAsync(() -> backend.chat(HELLO, piece -> {})));
        }
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.get(30, TimeUnit.SECONDS)).isInstanceOf(Reply.Answer.class));
    }
}
