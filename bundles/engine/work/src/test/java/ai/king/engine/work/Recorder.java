/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** The far side: counts every effect that reaches it, with no idempotency of its own, and tells what it saw. */
final class Recorder implements AutoCloseable {

    /** An effect as it arrived. */
    record Arrived(String key, String what) {}

    private final HttpServer server;
    private final List<Arrived> arrived = new ArrayList<>();
    private final Set<String> shaken = ConcurrentHashMap.newKeySet();
    private final Map<String, CountDownLatch> reached = new ConcurrentHashMap<>();
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

    Recorder() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "recorder");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/effect", this::effect);
        server.createContext("/lookup", this::lookup);
        server.createContext("/read", exchange -> answer(exchange, 200, "a text"));
        server.createContext(
                "/shaky",
                exchange -> answer(exchange, shaken.add(exchange.getRequestURI().getQuery()) ? 503 : 200, ""));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Effects whose name holds this word wait for the latch to open. */
    CountDownLatch holdBack(String word) {
        CountDownLatch open = new CountDownLatch(1);
        gate.set(open);
        reached.put(word, new CountDownLatch(1));
        return open;
    }

    /** Whether an effect came that is held back, before the process that makes it died. */
    boolean awaitHeld(String word, BooleanSupplier alive) throws InterruptedException {
        while (!reached.get(word).await(200, TimeUnit.MILLISECONDS)) {
            if (!alive.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    List<Arrived> arrived() {
        synchronized (arrived) {
            return List.copyOf(arrived);
        }
    }

    private void effect(HttpExchange exchange) throws IOException {
        String[] body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("\n", 2);
        synchronized (arrived) {
            arrived.add(new Arrived(body[0], body[1]));
        }
        for (Map.Entry<String, CountDownLatch> word : reached.entrySet()) {
            if (body[1].contains(word.getKey())) {
                word.getValue().countDown();
                try {
                    gate.get().await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        answer(exchange, 200, "receipt of " + body[0]);
    }

    private void lookup(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getQuery();
        boolean there = arrived().stream().anyMatch(each -> each.key().equals(key));
        answer(exchange, there ? 200 : 404, there ? "receipt of " + key : "");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
