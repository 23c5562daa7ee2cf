/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The longest kind of call: a streamed answer goes on through the swap of the backend that gives it. */
public class GatewayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Node node;
    private static Api admin;
    private static Api bea;
    private static Endpoint old;
    private static Endpoint next;

    @BeforeClass
    public static void start() throws IOException {
        old = new Endpoint("old");
        next = new Endpoint("new");
        node = Node.start(Map.of());
        admin = Api.admin(node);
        admin.post("/users", Map.of("name", "bea", "password", "second-Password-2", "roles", List.of("developer")));
        bea = new Api(node, "bea", "second-Password-2");
    }

    @AfterClass
    public static void stop() {
        node.close();
        old.close();
        next.close();
    }

    @Test
    public void aStreamGoesOnThroughTheSwapOfItsBackend() throws Exception {
        swapTo(old.url());
        old.hold();
        CompletableFuture<HttpResponse<String>> stream = CompletableFuture.supplyAsync(GatewayIT::chat);
        assertThat(old.begun.await(30, TimeUnit.SECONDS))
                .as("the endpoint was asked")
                .isTrue();

        swapTo(next.url());
        assertThat(words(chat().body()))
                .as("new calls go to the new generation")
                .startsWith("new-0 new-1");
        assertThat(stream).as("the old stream is still open").isNotDone();

        old.release();
        HttpResponse<String> answer = stream.get(60, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(words(answer.body())).isEqualTo(old.wholeAnswer());
        assertThat(answer.body()).contains("data: [DONE]");
    }

    private static void swapTo(String url) {
        JsonNode made = bea.post(
                "/evolution/proposals",
                Map.of(
                        "kind", "CONFIGURATION",
                        "title", "Another endpoint",
                        "description", "Moves the backend",
                        "change",
                                Map.of(
                                        "plug", "ai.king.inference.openai",
                                        "name", "openai",
                                        "values", Map.of("url", url, "model", "double"))));
        String path = "/evolution/proposals/" + made.path("id").asText();
        JsonNode ready = admin.awaitStatus(path, PATIENCE, "READY");
        admin.approve(ready.path("approvalId").asText());
        admin.awaitStatus(path, PATIENCE, "CANARY");
        admin.post(path + "/promote", Map.of());
        admin.awaitStatus(path, PATIENCE, "COMPLETED");
        // Decided is one thing, running on the node another: /system tells both.
        admin.await("/system", PATIENCE, system -> {
            long permanent = system.path("release").path("permanent").asLong();
            return permanent == system.path("nodes").path(0).path("release").asLong(-1);
        });
    }

    private static HttpResponse<String> chat() {
        return node.send(
                HttpRequest.newBuilder(node.uri("/v1/chat/completions"))
                        .header("Authorization", Node.basic("admin", Node.PASSWORD))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"model\":\"king-auto\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"count\"}]}")));
    }

    /** The text of a stream: the contents of its frames, joined. */
    private static String words(String stream) {
        StringBuilder text = new StringBuilder();
        stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Api.read(line.substring("data: ".length())))
                .forEach(frame -> text.append(frame.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asText("")));
        return text.toString();
    }

    /** An endpoint that streams as OpenAI's does; it can be held in the middle of an answer. */
    private static final class Endpoint {

        private static final int WORDS = 40;

        private final String name;
        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile CountDownLatch gate = new CountDownLatch(0);

        Endpoint(String name) throws IOException {
            this.name = name;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext(
                    "/v1/models",
                    exchange -> whole(
                            exchange,
                            "{\"object\":\"list\",\"data\":[{\"id\":\"double\",\"object\":\"model\",\"created\":0,\"owned_by\":\"test\"}]}"));
            server.createContext("/v1/chat/completions", this::stream);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        }

        void hold() {
            gate = new CountDownLatch(1);
        }

        void release() {
            gate.countDown();
        }

        String wholeAnswer() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < WORDS; i++) {
                text.append(name).append('-').append(i).append(' ');
            }
            return text.toString();
        }

        private static void whole(HttpExchange exchange, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        private void stream(HttpExchange exchange) throws IOException {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < WORDS; i++) {
                    frame(out, "{\"role\":\"assistant\",\"content\":\"" + name + "-" + i + " \"}", "null");
                    if (i == WORDS / 2) {
                        begun.countDown();
                        gate.await(60, TimeUnit.SECONDS);
                    }
                }
                frame(out, "{}", "\"stop\"");
                out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void frame(OutputStream out, String delta, String finish) throws IOException {
            out.write(
                    ("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"double\",\"choices\":[{\"index\":0,\"delta\":"
                                    + delta + ",\"finish_reason\":" + finish + "}]}\n\n")
                            .getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
