/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What goes on over REST while something is swapped: short calls of echo, one of 30 seconds after the other,
 * and calls of commerce whose tool changes a price, once in each business.
 */
final class Traffic implements AutoCloseable {

    private static final int SHORT_CALLERS = 2;
    private static final int LONG_SECONDS = 30;
    private static final String TOO_CHEAP =
            "sku,name,category,supplier_id,unit_cost,list_price,launched\nA-1,Lead,dogs,S01,10.00,10.50,2024-03-01\n";

    private final Api api;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger answered = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> changed = new ConcurrentLinkedQueue<>();
    private final CountDownLatch longCall = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Traffic(Api api) {
        this.api = api;
    }

    static Traffic over(Api api) {
        Traffic traffic = over(api, SHORT_CALLERS);
        traffic.repeat(traffic::changePrice);
        return traffic;
    }

    /** Calls of echo alone, the short ones by so many callers. */
    static Traffic over(Api api, int shortCallers) {
        Traffic traffic = new Traffic(api);
        for (int i = 0; i < shortCallers; i++) {
            traffic.repeat(() -> traffic.call("echo", Map.of("task", "hello", "input", Map.of())));
        }
        traffic.repeat(() -> {
            traffic.call("echo", Map.of("task", "wait", "input", Map.of("seconds", LONG_SECONDS)));
            traffic.longCall.countDown();
        });
        return traffic;
    }

    private void repeat(Runnable call) {
        callers.submit(() -> {
            while (!stopped.get()) {
                try {
                    call.run();
                } catch (RuntimeException | AssertionError e) {
                    failures.add(e.toString());
                }
                // Leaves the two cores of a small machine some air for the swaps themselves.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        });
    }

    private void call(String agent, Map<String, Object> task) {
        HttpResponse<String> response = api.send("POST", "/agents/" + agent + "/tasks", task);
        JsonNode answer = Api.read(response.body());
        if (response.statusCode() != 200 || !answer.path("outcome").asText().equals("DONE")) {
            failures.add(response.statusCode() + " " + response.body());
        } else {
            answered.incrementAndGet();
        }
    }

    private void changePrice() {
        String business = tooCheap(api, "moderate");
        call("commerce", Map.of("task", "price", "businessId", business));
        changed.add(business);
    }

    /** A business with one article whose price leaves less than the minimum margin. */
    static String tooCheap(Api api, String profile) {
        Map<String, String> business =
                Map.of("name", "A shop too cheap", "type", "ecommerce", "currency", "USD", "riskProfile", profile);
        String id = api.post("/businesses", business).path("id").asText();
        HttpRequest.BodyPublisher products = HttpRequest.BodyPublishers.ofString(TOO_CHEAP);
        Api.ok(api.send("POST", "/businesses/" + id + "/records?kind=products", "text/csv", products));
        return id;
    }

    int answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** The businesses in which a price was to be changed. */
    List<String> changed() {
        return List.copyOf(changed);
    }

    /** In which businesses the ledger has a changed price, as often as it has one. */
    static List<String> changes(Api api) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/audit?limit=500" + cursor);
            for (JsonNode entry : page.path("items")) {
                if (entry.path("action").asText().equals("price.changed")) {
                    found.add(entry.path("data").path("businessId").asText());
                }
            }
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return found;
    }

    /** Waits for the end of a call that was longer than a swap. */
    void awaitOneLongCall() {
        try {
            if (!longCall.await(LONG_SECONDS * 2L, TimeUnit.SECONDS)) {
                failures.add("no long call ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts nothing more; what is under way ends. */
    Traffic stop() {
        stopped.set(true);
        callers.shutdown();
        return this;
    }

    @Override
    public void close() {
        stop();
        callers.shutdownNow();
        try {
            callers.awaitTermination(LONG_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
