/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls over REST without retries: short ones one after the other, 30-second ones, and ones with an effect. */
final class Traffic implements AutoCloseable {

    private static final int SHORT_CALLERS = 2;
    private static final int LONG_CALLERS = 2;
    private static final int LONG_SECONDS = 30;

    private final Client client;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger longCalls = new AtomicInteger();
    private final AtomicInteger effects = new AtomicInteger();
    private volatile Times times = new Times();
    private volatile boolean stopped;

    /** @param shops businesses with one price that is too low each: raising it is one effect */
    Traffic(Client client, List<String> shops) {
        this.client = client;
        for (int i = 0; i < SHORT_CALLERS; i++) {
            callers.execute(() -> repeat("hello", Map.of(), times -> {}));
        }
        for (int i = 0; i < LONG_CALLERS; i++) {
            callers.execute(
                    () -> repeat("wait", Map.of("seconds", LONG_SECONDS), times -> longCalls.incrementAndGet()));
        }
        Queue<String> left = new ConcurrentLinkedQueue<>(shops);
        callers.execute(() -> raisePrices(left));
    }

    private interface Answered {
        void after(long nanos);
    }

    private void repeat(String task, Map<String, Object> input, Answered answered) {
        while (!stopped) {
            Times counted = times;
            long start = System.nanoTime();
            if (call("echo", Map.of("task", task, "input", input))) {
                long took = System.nanoTime() - start;
                if (input.isEmpty()) {
                    counted.add(took);
                }
                answered.after(took);
            }
        }
    }

    private void raisePrices(Queue<String> shops) {
        while (!stopped && !shops.isEmpty()) {
            if (call("commerce", Map.of("task", "price", "businessId", shops.remove()))) {
                effects.incrementAndGet();
            }
        }
    }

    private boolean call(String agent, Map<String, Object> body) {
        try {
            Map<String, Object> answer = client.post("/agents/" + agent + "/tasks", body);
            calls.incrementAndGet();
            if ("DONE".equals(answer.get("outcome"))) {
                return true;
            }
            failures.add(agent + ": " + answer);
        } catch (IOException | RuntimeException e) {
            failures.add(agent + ": " + e);
        } catch (InterruptedException e) {
            failures.add(agent + ": interrupted");
        }
        return false;
    }

    /** From now on short calls are counted here. */
    void into(Times next) {
        times = next;
    }

    int calls() {
        return calls.get();
    }

    int longCalls() {
        return longCalls.get();
    }

    int effects() {
        return effects.get();
    }

    Queue<String> failures() {
        return failures;
    }

    /** Lets what is under way end. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        callers.shutdown();
        if (!callers.awaitTermination(LONG_SECONDS * 2L, TimeUnit.SECONDS)) {
            failures.add("calls that did not end");
        }
    }
}
