/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small reverse proxy as operators put before nodes: in turn to those that say they are ready, looked at ten times a
 * second; a request that was sent is never sent twice.
 */
final class Proxy implements AutoCloseable {

    private static final List<String> PASSED = List.of("Authorization", "Content-Type", "Idempotency-Key", "Accept");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<Integer> nodes = List.of();
    private volatile List<Integer> ready = List.of();

    static {
        // Else an answer's body waits 40 ms for the acknowledgement of its head: no operator's proxy does that.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    Proxy() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
        looks.scheduleWithFixedDelay(this::look, 0, 100, TimeUnit.MILLISECONDS);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The nodes behind it from now on; one that is to be stopped is taken out first. */
    void before(Integer... ports) {
        nodes = List.of(ports);
        look();
    }

    private synchronized void look() {
        ready = nodes.stream().filter(this::healthy).toList();
    }

    private boolean healthy(int port) {
        try {
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        List<Integer> there = ready;
        try (exchange) {
            if (there.isEmpty()) {
                exchange.sendResponseHeaders(502, -1);
                return;
            }
            int port = there.get(Math.floorMod(turn.getAndIncrement(), there.size()));
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            for (String header : PASSED) {
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
                        .ifPresent(value -> request.header(header, value));
            }
            answer(exchange, request.build());
        }
    }

    private void answer(HttpExchange exchange, HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            byte[] body = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            exchange.sendResponseHeaders(502, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
    }
}
