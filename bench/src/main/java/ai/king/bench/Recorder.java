/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls from outside at a fixed rate and writes down what became of each: answered, or broken off without an answer. Every call
 * carries a key of its own, so that a broken one can be asked for again without a second effect.
 */
final class Recorder implements AutoCloseable {

    private static final int LONG_SECONDS = 30;

    /** A call that had no answer. */
    private record Broken(String agent, Map<String, Object> body, String key, String why) {}

    private final Client client;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Queue<Broken> broken = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger longOnes = new AtomicInteger();
    private final AtomicInteger effects = new AtomicInteger();
    private volatile Times times = new Times();
    private volatile boolean stopped;

    /**
     * @param rate short calls a second, at most
     * @param agents that get the short calls in turn
     * @param shops businesses with one price that is too low each: raising it is one effect
     */
    Recorder(Client client, int rate, int threads, List<String> agents, List<String> shops) {
        this.client = client;
        for (int i = 0; i < threads; i++) {
            int first = i;
            callers.execute(() -> paced(first, TimeUnit.SECONDS.toNanos(1) * threads / rate, agents));
        }
        for (int i = 0; i < 2; i++) {
            callers.execute(this::waiting);
        }
        Queue<String> left = new ConcurrentLinkedQueue<>(shops);
        callers.execute(() -> raisePrices(left));
    }

    private void paced(int first, long between, List<String> agents) {
        long next = System.nanoTime();
        for (int turn = first; !stopped; turn++) {
            Times into = times;
            long start = System.nanoTime();
            if (call(agents.get(turn % agents.size()), Map.of("task", "hello", "input", Map.of()))) {
                into.add(System.nanoTime() - start);
            }
            next = Math.max(next + between, System.nanoTime() - between);
            LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
        }
    }

    private void waiting() {
        while (!stopped) {
            if (call("echo", Map.of("task", "wait", "input", Map.of("seconds", LONG_SECONDS)))) {
                longOnes.incrementAndGet();
            }
        }
    }

    private void raisePrices(Queue<String> shops) {
        while (!stopped && !shops.isEmpty()) {
            call("commerce", Map.of("task", "price", "businessId", shops.remove()));
            effects.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private boolean call(String agent, Map<String, Object> body) {
        String key = UUID.randomUUID().toString();
        try {
            return heard(agent, client.post("/agents/" + agent + "/tasks", body, key));
        } catch (IOException | RuntimeException e) {
            broken.add(new Broken(agent, body, key, e.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean heard(String agent, Map<String, Object> answer) {
        answered.incrementAndGet();
        if (!"DONE".equals(answer.get("outcome"))) {
            failures.add(agent + ": " + answer);
        }
        return true;
    }

    /** Asks once more, at a node that lives, for what had no answer; what now is none is lost. */
    List<String> askAgain(Client living) throws InterruptedException {
        List<String> lost = new ArrayList<>();
        for (Broken one : broken) {
            try {
                heard(one.agent(), living.post("/agents/" + one.agent() + "/tasks", one.body(), one.key()));
            } catch (IOException e) {
                lost.add(one.agent() + ": " + one.why() + ", and again " + e.getMessage());
            }
        }
        return lost;
    }

    /** From now on short calls are counted here. */
    void into(Times next) {
        times = next;
    }

    int answered() {
        return answered.get();
    }

    int longOnes() {
        return longOnes.get();
    }

    int effects() {
        return effects.get();
    }

    int broken() {
        return broken.size();
    }

    /** Why they broke off, a line each. */
    List<String> breaks() {
        return broken.stream().map(one -> one.agent() + ": " + one.why()).toList();
    }

    Queue<String> failures() {
        return failures;
    }

    /** Lets what is under way end. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        callers.shutdown();
        if (!callers.awaitTermination(LONG_SECONDS * 3L, TimeUnit.SECONDS)) {
            failures.add("calls that did not end");
        }
    }
}
