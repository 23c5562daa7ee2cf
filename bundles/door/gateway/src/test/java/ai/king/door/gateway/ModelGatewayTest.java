/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Role;
import ai.king.inference.Listener;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import ai.king.lib.wire.Endpoint;
import ai.king.lib.wire.Schemas;
import ai.king.store.Json;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ModelGatewayTest {

    private static final String HELLO =
            "{\"model\":\"king-auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final Models models = new Models();
    private final HttpClient client = HttpClient.newHttpClient();
    private Doorway doorway;
    private int port;

    @BeforeEach
    void open() throws Exception {
        doorway = new Doorway(models, 2);
        port = doorway.port();
    }

    @AfterEach
    void close() throws Exception {
        models.release.countDown();
        doorway.close();
    }

    @Test
    void answersAChatInOpenAisShape() throws Exception {
        HttpResponse<String> response = post("/v1/chat/completions", HELLO);
        assertThat(response.statusCode()).isEqualTo(200);
        Map<String, Object> body = Json.readMap(response.body());
        assertThat(body).containsEntry("object", "chat.completion").containsEntry("model", "small");
        assertThat(body.get("choices").toString())
                .contains("content=Hello world")
                .contains("finish_reason=stop");
        assertThat(body.get("usage").toString()).contains("total_tokens=5");
        assertThat(models.prompt.model()).isEmpty();
        assertThat(models.need.risk()).isEqualTo("LOW");
        assertThat(models.need.caller()).contains("ann");
    }

    @Test
    void streamsPieceByPieceAndEndsWithDone() throws Exception {
        HttpResponse<String> response = post(
                "/v1/chat/completions",
                HELLO.replace("{\"model\"", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"model\""));
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> data = response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .toList();
        assertThat(data).hasSize(6);
        assertThat(data.get(0)).contains("\"role\":\"assistant\"");
        assertThat(data.get(1)).contains("\"content\":\"Hello\"");
        assertThat(data.get(2)).contains("\"content\":\" world\"");
        assertThat(data.get(3)).contains("\"finish_reason\":\"stop\"");
        assertThat(data.get(4)).contains("\"completion_tokens\":2");
        assertThat(data.get(5)).isEqualTo("data: [DONE]");
    }

    @Test
    void answersAsOpenAisOwnSchemaSays() throws Exception {
        check(
                "CreateChatCompletionResponse",
                post("/v1/chat/completions", HELLO).body());
        check("ListModelsResponse", get("/v1/models").body());
        check("Model", get("/v1/models/small").body());
        check(
                "CreateEmbeddingResponse",
                post("/v1/embeddings", "{\"model\":\"small\",\"input\":\"a\"}").body());
        check("ErrorResponse", get("/v1/models/none").body());
        models.reply = new Reply.Answer(
                "small",
                "Hello world",
                List.of(new Message.FunctionCall("c1", "stock", "{}")),
                "tool_calls",
                new Reply.Usage(3, 2));
        check(
                "CreateChatCompletionResponse",
                post("/v1/chat/completions", HELLO).body());
        String streamed = post(
                        "/v1/chat/completions",
                        HELLO.replace(
                                "{\"model\"", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"model\""))
                .body();
        List<String> frames = streamed.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .toList();
        assertThat(frames).hasSize(6);
        for (String frame : frames) {
            check("CreateChatCompletionStreamResponse", frame);
        }
    }

    private static void check(String schema, String body) throws Exception {
        Schemas.check(schema, Endpoint.JSON.readTree(body));
    }

    @Test
    void passesRiskModelToolsAndToolAnswersOn() throws Exception {
        HttpRequest request = request("/v1/chat/completions")
                .header("X-King-Risk", "critical")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                """
                        {"model":"small","max_tokens":9,"messages":[
                          {"role":"system","content":"be brief"},
                          {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
                          {"role":"assistant","content":null,"tool_calls":[
                            {"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                          {"role":"tool","tool_call_id":"c1","content":"42"}],
                         "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}"""))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        Prompt prompt = models.prompt;
        assertThat(models.need.risk()).isEqualTo("CRITICAL");
        assertThat(models.need.requiresAccuracy()).isTrue();
        assertThat(prompt.model()).contains("small");
        assertThat(prompt.temperature()).isEqualTo(0.05);
        assertThat(prompt.maxTokens()).hasValue(9);
        assertThat(prompt.messages()).extracting(Message::text).containsExactly("be brief", "ab", "", "42");
        assertThat(prompt.functions().get(0).schema()).isEqualTo("{\"type\":\"object\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/embeddings"})
    void aBusinessThatNobodyKnowsPaysForNothing(String path) throws Exception {
        String body = HELLO.replace("{\"model\"", "{\"input\":\"a\",\"model\"");
        for (String unknown : List.of("made-up", "", "dogs".repeat(1000))) {
            HttpResponse<String> refused = client.send(
                    request(path)
                            .header("X-King-Business", unknown)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Json.readMap(refused.body()).get("error").toString())
                    .contains("param=X-King-Business", "type=invalid_request_error");
        }
        assertThat(models.prompt).isNull();
        HttpRequest known = request(path)
                .header("X-King-Business", "dogs")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(client.send(known, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        if (models.need != null) {
            assertThat(models.need.businessId()).contains("dogs");
        }
    }

    @Test
    void showsTheModelsToEveryRole() throws Exception {
        doorway.roles = Set.of(Role.VIEWER);
        assertThat(get("/v1/models").body()).contains("\"id\":\"king-auto\"").contains("\"owned_by\":\"openai\"");
        assertThat(get("/v1/models/small").statusCode()).isEqualTo(200);
        assertThat(get("/v1/models/none").statusCode()).isEqualTo(404);
        assertThat(post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(403);
    }

    @Test
    void nobodyIsLetInWithoutCredentials() throws Exception {
        doorway.roles = Set.of();
        assertThat(get("/v1/models").statusCode()).isEqualTo(401);
        assertThat(post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(401);
        assertThat(post("/v1/embeddings", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void embedsAsNumbersAndAsBase64() throws Exception {
        String body = "{\"model\":\"king-auto\",\"input\":[\"a\",\"b\"]}";
        assertThat(post("/v1/embeddings", body).body()).contains("[1.0,0.5]").contains("\"index\":1");
        assertThat(post("/v1/embeddings", body.replace("}", ",\"encoding_format\":\"base64\"}"))
                        .body())
                .contains("AACAPwAAAD8=");
        models.embeds = false;
        assertThat(post("/v1/embeddings", body).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "[]",
                "{}",
                "{\"model\":\"king-auto\"}",
                "{\"model\":\"king-auto\",\"messages\":[]}",
                "{\"model\":\"king-auto\",\"messages\":[{\"role\":\"x\",\"content\":\"\"}]}",
                "{\"model\":\"king-auto\",\"messages\":[{\"role\":\"user\"}]}",
                "{\"model\":\"king-auto\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}",
                "{\"model\":\"king-auto\",\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"king-auto\",\"temperature\":3,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"king-auto\",\"stream\":\"yes\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"king-auto\",\"model\":\"b\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            })
    void badInputIs400InOpenAisEnvelope(String body) throws Exception {
        HttpResponse<String> response = post("/v1/chat/completions", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat((Map<?, ?>) Json.readMap(response.body()).get("error")).hasSize(4);
        assertThat(models.prompt).isNull();
    }

    @Test
    void anUnknownModelIs404AndABackendThatIsDown503() throws Exception {
        assertThat(post("/v1/chat/completions", HELLO.replace("king-auto", "gpt-9"))
                        .statusCode())
                .isEqualTo(404);
        models.reply = new Reply.Unavailable("all backends are down: a: refused", true, Optional.of(7L));
        HttpResponse<String> down = post("/v1/chat/completions", HELLO);
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.headers().firstValue("Retry-After")).contains("7");
        models.reply = new Reply.Unavailable("content refused", false, Optional.empty());
        assertThat(post("/v1/chat/completions", HELLO).statusCode()).isEqualTo(400);
    }

    @Test
    void moreChatsThanPlacesAreToldToComeAgain() throws Exception {
        models.block = true;
        List<CompletableFuture<HttpResponse<String>>> open = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            open.add(client.sendAsync(
                    request("/v1/chat/completions")
                            .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(models.entered.await(10, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> refused = post("/v1/chat/completions", HELLO);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        models.release.countDown();
        for (CompletableFuture<HttpResponse<String>> chat : open) {
            assertThat(chat.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatGoesEndsItsChat() throws Exception {
        models.endless = true;
        try (Socket socket = new Socket("localhost", port)) {
            String body = HELLO.replace("{\"model\"", "{\"stream\":true,\"model\"");
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('H');
        }
        assertThat(models.ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** One backend with one model. */
    private static final class Models implements Inferences {
        private final CountDownLatch entered = new CountDownLatch(2);
        private final CountDownLatch release = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean block;
        private volatile boolean endless;
        private volatile boolean embeds = true;
        private volatile Prompt prompt;
        private volatile Need need;
        private volatile Reply reply =
                new Reply.Answer("small", "Hello world", List.of(), "stop", new Reply.Usage(3, 2));

        @Override
        public Reply chat(Prompt asked, Need needed, Listener listener) {
            prompt = asked;
            need = needed;
            entered.countDown();
            try {
                if (block) {
                    release.await();
                }
                while (endless) {
                    listener.onText("more and more ".repeat(100));
                }
                if (reply instanceof Reply.Answer) {
                    listener.onText("Hello");
                    listener.onText(" world");
                }
                return reply;
            } catch (InterruptedException e) {
                return new Reply.Unavailable("interrupted", true, Optional.empty());
            } finally {
                ended.countDown();
            }
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return embeds
                    ? Optional.of(
                            texts.stream().map(text -> new float[] {1, 0.5f}).toList())
                    : Optional.empty();
        }

        @Override
        public boolean canChat() {
            return true;
        }

        @Override
        public List<Backend> backends() {
            return List.of(new Backend("a", "openai", List.of("small"), "UP", 0, "", 0, java.math.BigDecimal.ZERO));
        }
    }
}
