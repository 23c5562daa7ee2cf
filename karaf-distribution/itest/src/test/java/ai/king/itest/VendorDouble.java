/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Every model vendor that a backend of the distribution speaks to, each in its own protocol; all answer the same word. */
final class VendorDouble implements AutoCloseable {

    static final String WORD = "shipped";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    VendorDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/models", exchange -> answer(exchange, "application/json", models()));
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, "text/event-stream", openai()));
        server.createContext("/api/tags", exchange -> answer(exchange, "application/json", tags()));
        server.createContext("/api/chat", exchange -> answer(exchange, "application/x-ndjson", ollama()));
        server.createContext("/v1/messages", exchange -> answer(exchange, "text/event-stream", anthropic()));
        server.createContext("/v1beta/models", exchange -> answer(exchange, "text/event-stream", gemini()));
        server.start();
    }

    /** The address without a path. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String models() {
        return "{\"object\":\"list\",\"data\":[{\"id\":\"ship-vllm\",\"object\":\"model\",\"created\":1,\"owned_by\":\"test\"}],"
                + "\"has_more\":false,\"models\":[]}";
    }

    private static String openai() {
        String chunk =
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"any\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";
        return chunk.formatted("{\"role\":\"assistant\",\"content\":\"" + WORD + "\"}", "null")
                + chunk.formatted("{}", "\"stop\"")
                + "data: [DONE]\n\n";
    }

    private static String tags() {
        return "{\"models\":[{\"name\":\"ship-ollama\",\"model\":\"ship-ollama\",\"size\":1}]}";
    }

    private static String ollama() {
        return "{\"model\":\"ship-ollama\",\"created_at\":\"2026-08-01T10:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\""
                + WORD
                + "\"},\"done\":false}\n{\"model\":\"ship-ollama\",\"created_at\":\"2026-08-01T10:00:01Z\",\"message\":{\"role\":\"assistant\","
                + "\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":3,\"eval_count\":1}\n";
    }

    private static String anthropic() {
        return event(
                        "message_start",
                        "\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"ship-anthropic\","
                                + "\"stop_reason\":null,\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}")
                + event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                + event(
                        "content_block_delta",
                        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + WORD + "\"}")
                + event("content_block_stop", "\"index\":0")
                + event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}")
                + event("message_stop", "\"x\":0");
    }

    private static String event(String name, String rest) {
        return "event: " + name + "\ndata: {\"type\":\"" + name + "\"," + rest + "}\n\n";
    }

    private static String gemini() {
        return "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + WORD
                + "\"}]},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":1,"
                + "\"totalTokenCount\":4},\"modelVersion\":\"ship-gemini\",\"responseId\":\"r\"}\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
