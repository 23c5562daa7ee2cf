/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** An endpoint with OpenAI's protocol whose model understands one goal, plans it, and looks into documents by a function call. */
final class ThinkingDouble implements AutoCloseable {

    static final String MODEL = "thinker";
    static final int PROMPT_TOKENS = 100;
    static final int ANSWER_TOKENS = 10;

    private static final String INTENT =
            "{\"type\":\"COMMAND\",\"action\":\"OPTIMIZE_BUSINESS\",\"parameters\":{},\"confidence\":0.95}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String plan;
    private final String answer;
    private final Map<String, JsonNode> functions = new ConcurrentHashMap<>();
    private final AtomicReference<String> planned = new AtomicReference<>("");

    /**
     * @param plan the planner's JSON
     * @param answer what it says in the end of a step
     */
    ThinkingDouble(String plan, String answer) throws IOException {
        this.plan = plan;
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/v1/models",
                exchange -> send(
                        exchange,
                        "application/json",
                        "{\"object\":\"list\",\"data\":[{\"id\":\"" + MODEL
                                + "\",\"object\":\"model\",\"created\":1,\"owned_by\":\"test\"}]}"));
        server.createContext("/v1/chat/completions", this::chat);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The functions it was offered, by name. */
    Map<String, JsonNode> functions() {
        return functions;
    }

    /** What it was told when it was to plan. */
    String planned() {
        return planned.get();
    }

    private void chat(HttpExchange exchange) throws IOException {
        JsonNode request = Api.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String system = request.at("/messages/0/content").asText();
        request.path("tools")
                .forEach(tool -> functions.put(tool.at("/function/name").asText(), tool.path("function")));
        boolean looked = request.path("messages").findValue("tool_calls") != null;
        if (system.startsWith("You sort")) {
            send(exchange, "text/event-stream", says(INTENT));
        } else if (system.startsWith("You plan")) {
            planned.set(String.join("\n", request.path("messages").findValuesAsText("content")));
            send(exchange, "text/event-stream", says(plan));
        } else if (!looked && request.toString().contains("documents-search")) {
            send(exchange, "text/event-stream", calls("documents-search", Map.of("query", "delivery")));
        } else {
            send(exchange, "text/event-stream", says(answer));
        }
    }

    private static String says(String text) {
        return stream(Map.of("role", "assistant", "content", text), "stop");
    }

    private static String calls(String function, Map<String, Object> arguments) {
        Map<String, Object> call = Map.of(
                "index",
                0,
                "id",
                "call_1",
                "type",
                "function",
                "function",
                Map.of("name", function, "arguments", Api.write(arguments)));
        return stream(Map.of("role", "assistant", "tool_calls", java.util.List.of(call)), "tool_calls");
    }

    private static String stream(Map<String, Object> delta, String finish) {
        String head =
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + MODEL + "\",";
        return head + "\"choices\":[{\"index\":0,\"delta\":" + Api.write(delta) + ",\"finish_reason\":null}]}\n\n"
                + head + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finish + "\"}]}\n\n"
                + head + "\"choices\":[],\"usage\":{\"prompt_tokens\":" + PROMPT_TOKENS + ",\"completion_tokens\":"
                + ANSWER_TOKENS
                + ",\"total_tokens\":" + (PROMPT_TOKENS + ANSWER_TOKENS) + "}}\n\ndata: [DONE]\n\n";
    }

    private static void send(HttpExchange exchange, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
