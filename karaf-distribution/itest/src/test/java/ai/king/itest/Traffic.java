/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls of echo over REST while something is swapped: short ones without pause, and long ones one after the other. */
final class Traffic implements AutoCloseable {

    private static final int SHORT_CALLERS = 3;
    private static final int LONG_SECONDS = 15;

    private final Api api;
    private final ExecutorService callers = Executors.newFixedThreadPool(SHORT_CALLERS + 1);
    private final AtomicInteger answered = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch longCall = new CountDownLatch(1);
    private volatile boolean stopped;

    private Traffic(Api api) {
        this.api = api;
    }

    static Traffic over(Api api) {
        return over(api, SHORT_CALLERS);
    }

    static Traffic over(Api api, int shortCallers) {
        Traffic traffic = new Traffic(api);
        for (int i = 0; i < shortCallers; i++) {
            traffic.callers.submit(() -> traffic.repeat(Map.of("task", "hello", "input", Map.of())));
        }
        traffic.callers.submit(() -> traffic.repeat(Map.of("task", "wait", "input", Map.of("seconds", LONG_SECONDS))));
        return traffic;
    }

    private void repeat(Map<String, Object> task) {
        while (!stopped) {
            try {
                HttpResponse<String> response = api.send("POST", "/agents/echo/tasks", task);
                JsonNode answer = Api.read(response.body());
                if (response.statusCode() != 200
                        || !answer.path("outcome").asText().equals("DONE")) {
                    failures.add(response.statusCode() + " " + response.body());
                } else {
                    answered.incrementAndGet();
                    if (task.get("task").equals("wait")) {
                        longCall.countDown();
                    }
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
        }
    }

    int answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Waits for the end of a call that was longer than the swap. */
    void awaitOneLongCall() {
        try {
            if (!longCall.await(LONG_SECONDS * 3L, TimeUnit.SECONDS)) {
                failures.add("no long call ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        callers.shutdown();
        try {
            callers.awaitTermination(LONG_SECONDS * 2L, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
