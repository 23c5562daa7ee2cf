/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that behaves as OpenAI's does: its frames, its end mark, its error envelope. Tests say what happens next. */
final class Endpoint implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Bodies of requests, in order. */
    final BlockingQueue<JsonNode> requests = new LinkedBlockingQueue<>();

    /** Every frame and body that was sent, for checking against the published schema. */
    final List<JsonNode> sent = new ArrayList<>();

    final BlockingQueue<String> authorizations = new LinkedBlockingQueue<>();

    /** Counts down when the client hangs up in the middle of a stream. */
    final CountDownLatch hungUp = new CountDownLatch(1);

    volatile Behaviour behaviour = exchange -> stream(exchange, answer("Hello", " there", "!"));

    /** What the server does with the next call. */
    @FunctionalInterface
    interface Behaviour {
        void handle(HttpExchange exchange) throws IOException;
    }

    Endpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::chat);
        server.createContext("/v1/embeddings", this::embed);
        server.createContext("/v1/models", this::models);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void chat(HttpExchange exchange) throws IOException {
        note(exchange);
        behaviour.handle(exchange);
        exchange.close();
    }

    private void embed(HttpExchange exchange) throws IOException {
        JsonNode request = note(exchange);
        List<Map<String, Object>> data = new ArrayList<>();
        for (int i = 0; i < request.get("input").size(); i++) {
            data.add(Map.of("object", "embedding", "index", i, "embedding", List.of(0.5, i, -1.0)));
        }
        body(
                exchange,
                200,
                Map.of(
                        "object",
                        "list",
                        "model",
                        "text-embedding-3-small",
                        "data",
                        data,
                        "usage",
                        Map.of("prompt_tokens", 3, "total_tokens", 3)));
    }

    private void models(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        body(
                exchange,
                200,
                Map.of(
                        "object",
                        "list",
                        "data",
                        List.of(Map.of(
                                "id", "gpt-4o-mini", "object", "model", "created", 1721172741, "owned_by", "system"))));
    }

    private JsonNode note(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        requests.add(request);
        return request;
    }

    /** Frames of an answer in pieces: role, text, finish, usage, as the real service sends them. */
    static List<Map<String, Object>> answer(String... pieces) {
        List<Map<String, Object>> frames = new ArrayList<>();
        frames.add(frame(Map.of("role", "assistant", "content", ""), null));
        for (String piece : pieces) {
            frames.add(frame(Map.of("content", piece), null));
        }
        frames.add(frame(Map.of(), "stop"));
        frames.add(usage(11, 4));
        return frames;
    }

    static Map<String, Object> frame(Map<String, Object> delta, String finish) {
        Map<String, Object> choice = new java.util.HashMap<>(Map.of("index", 0, "delta", delta));
        choice.put("finish_reason", finish);
        choice.put("logprobs", null);
        return chunk(List.of(choice));
    }

    static Map<String, Object> usage(int prompt, int completion) {
        Map<String, Object> last = new java.util.HashMap<>(chunk(List.of()));
        last.put(
                "usage",
                Map.of("prompt_tokens", prompt, "completion_tokens", completion, "total_tokens", prompt + completion));
        return last;
    }

    private static Map<String, Object> chunk(List<Object> choices) {
        return Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion.chunk",
                "created",
                1721172741,
                "model",
                "gpt-4o-mini-2024-07-18",
                "choices",
                choices);
    }

    /** Sends frames as server-sent events and the end mark. */
    void stream(HttpExchange exchange, List<Map<String, Object>> frames) throws IOException {
        OutputStream out = open(exchange);
        for (Map<String, Object> frame : frames) {
            send(out, frame);
        }
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        out.close();
    }

    OutputStream open(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    void send(OutputStream out, Map<String, Object> frame) throws IOException {
        sent.add(JSON.valueToTree(frame));
        out.write(("data: " + text(frame) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Sends one piece after the other until the client hangs up. */
    void streamUntilHungUp(HttpExchange exchange) throws IOException {
        OutputStream out = open(exchange);
        try {
            while (true) {
                send(out, frame(Map.of("content", "tick "), null));
            }
        } catch (IOException e) {
            hungUp.countDown();
        }
    }

    /** The envelope the real service sends with an error status. */
    void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        Map<String, Object> error = new java.util.HashMap<>(Map.of("message", message, "type", code, "code", code));
        error.put("param", null);
        body(exchange, status, Map.of("error", error));
    }

    private void body(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        sent.add(JSON.valueToTree(body));
        byte[] bytes = text(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String text(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
