/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The plain server under a double: it notes what is asked and answers what the test or the double says. */
public class Endpoint implements AutoCloseable {

    public static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, "junit-endpoint-" + COUNT.incrementAndGet()));

    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    public volatile Behaviour behaviour;

    /** @param headers names in lower case */
    public record Asked(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {}

    /** @param body anything JSON can write, or a string that is sent as it is */
    public record Reply(int status, Map<String, String> headers, Object body) {
        public static Reply of(int status, Object body) {
            return new Reply(status, Map.of(), body);
        }
    }

    /** What the server does with a request. */
    @FunctionalInterface
    public interface Behaviour {
        Reply answer(Asked asked) throws IOException;
    }

    public Endpoint(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            Asked one = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    pairs(exchange.getRequestURI().getRawQuery()),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(one);
            Reply reply = behaviour.answer(one);
            if (reply == null) {
                return;
            }
            byte[] bytes = reply.body() instanceof String text
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The pairs of a query or a form, decoded. */
    public static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split("&")) {
                String[] two = pair.split("=", 2);
                pairs.put(
                        URLDecoder.decode(two[0], StandardCharsets.UTF_8),
                        two.length < 2 ? "" : URLDecoder.decode(two[1], StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
