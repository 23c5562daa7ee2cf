/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import ai.king.inference.BackendStatus;
import dev.langchain4j.http.client.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** How an endpoint stands: asked at most every few seconds, by one caller, while the others take the last state. */
public final class Health {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Supplier<State> probe;
    private final Failures failures;
    private volatile Seen last = new Seen(State.ill("not asked yet"), System.nanoTime() - FRESH_NANOS, false);
    private final ReentrantLock asking = new ReentrantLock();

    private record Seen(State state, long at, boolean asked) {}

    /**
     * What an endpoint says of itself.
     *
     * @param models that it serves; empty where it does not say
     * @param load 0 idle to 1 full, where it says
     * @param windows tokens that a model reads and writes at once, by its name, where it says
     */
    public record State(
            boolean well, String detail, List<String> models, OptionalDouble load, Map<String, Integer> windows) {

        public static State well(String detail, List<String> models) {
            return new State(true, detail, models, OptionalDouble.empty(), Map.of());
        }

        public static State ill(String detail) {
            return new State(false, detail, List.of(), OptionalDouble.empty(), Map.of());
        }

        /** Of an endpoint that needs only answer; that it has no such page, or too much to do, is an answer. */
        public static State answering(Transport transport, HttpRequest request) {
            try {
                transport.execute(request);
            } catch (Refused e) {
                if (e.statusCode() != 404 && e.statusCode() != 429) {
                    throw e;
                }
            }
            return well("answers", List.of());
        }

        /**
         * The same as a backend tells it.
         *
         * @param all its models, the one that is asked by default first
         */
        public BackendStatus of(boolean embeds, List<String> all) {
            Integer window = all.isEmpty() ? null : windows.get(all.get(0));
            return new BackendStatus(
                    well,
                    true,
                    embeds,
                    all,
                    load,
                    detail,
                    window == null ? OptionalInt.empty() : OptionalInt.of(window));
        }
    }

    /**
     * @param probe asks; a {@link RuntimeException} says why the endpoint is not well
     */
    public Health(Supplier<State> probe, Failures failures) {
        this.probe = probe;
        this.failures = failures;
    }

    public State state() {
        Seen known = last;
        if (System.nanoTime() - known.at() < FRESH_NANOS) {
            return known.state();
        }
        if (!known.asked()) {
            asking.lock();
        } else if (!asking.tryLock()) {
            return known.state();
        }
        try {
            if (System.nanoTime() - last.at() >= FRESH_NANOS) {
                last = new Seen(ask(), System.nanoTime(), true);
            }
            return last.state();
        } finally {
            asking.unlock();
        }
    }

    private State ask() {
        try {
            return probe.get();
        } catch (RuntimeException e) {
            return State.ill(failures.of(e).reason());
        }
    }
}
