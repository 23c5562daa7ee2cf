/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.signals;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignalRouterTest {

    private final Sinks sinks = new Sinks();
    private SignalRouter router;

    private SignalRouter router(Map<String, Object> config) {
        router = new SignalRouter(sinks, Configs.of(SignalRouter.Config.class, config));
        return router;
    }

    @AfterEach
    void close() throws Exception {
        if (router != null) {
            router.close();
        }
    }

    @Test
    void givesSignalsInOrder() throws InterruptedException {
        BlockingQueue<Signal> seen = new LinkedBlockingQueue<>();
        sinks.put("good", seen::addAll);
        SignalRouter signals = router(Map.of("linger.millis", 1));
        for (int i = 0; i < 1000; i++) {
            signals.count("n", i, Map.of());
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(((Signal.Measure) seen.poll(10, TimeUnit.SECONDS)).value())
                    .isEqualTo(i);
        }
    }

    @Test
    void aSinkThatHangsOrThrowsHarmsNoOther() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        BlockingQueue<Signal> seen = new LinkedBlockingQueue<>();
        sinks.put("hangs", batch -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        sinks.put("throws", batch -> {
            throw new IllegalStateException("broken");
        });
        sinks.put("works", seen::addAll);
        SignalRouter signals = router(Map.of("queue", 10, "linger.millis", 1));
        int delivered = 0;
        for (int i = 0; i < 500; i++) {
            signals.event("e" + i, Map.of());
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isNotNull();
            delivered++;
        }
        assertThat(delivered).isEqualTo(500);
        assertThat(signals.sinks())
                .filteredOn(sink -> sink.name().equals("hangs"))
                .allMatch(sink -> sink.lost() > 400);
        assertThat(signals.sinks())
                .filteredOn(sink -> sink.name().equals("works"))
                .allMatch(sink -> sink.lost() == 0);
        never.countDown();
    }

    @Test
    void aSinkThatComesLaterGetsWhatComesLater() throws InterruptedException {
        SignalRouter signals = router(Map.of("linger.millis", 1));
        signals.event("before", Map.of());
        BlockingQueue<Signal> seen = new LinkedBlockingQueue<>();
        sinks.put("late", seen::addAll);
        signals.event("after", Map.of());
        assertThat(seen.poll(10, TimeUnit.SECONDS).name()).isEqualTo("after");
    }

    @Test
    void endsTheThreadOfASinkThatLeaves() throws InterruptedException {
        sinks.put("short", batch -> {});
        router(Map.of());
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(one -> one.getName().equals("king-signals-short"))
                .findFirst()
                .orElseThrow();
        sinks.remove("short");
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
    }

    /** Sinks by name, leased without generations. */
    private static final class Sinks implements Plugs {

        private final Map<String, MonitoringSink> sinks = new TreeMap<>();
        private final List<Runnable> listeners = new ArrayList<>();

        void put(String name, MonitoringSink sink) {
            sinks.put(name, sink);
            listeners.forEach(Runnable::run);
        }

        void remove(String name) {
            sinks.remove(name);
            listeners.forEach(Runnable::run);
        }

        @Override
        public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
            MonitoringSink sink = sinks.get(name);
            if (sink == null) {
                throw new NoSuchPlug(name);
            }
            return new Lease<>() {
                @Override
                public T plug() {
                    return type.cast(sink);
                }

                @Override
                public Generation generation() {
                    return new Generation("g", "MonitoringSink", name, "bsn", "1.0.0", 1, Map.of());
                }

                @Override
                public void failed() {
                    // figures are the plug engine's
                }

                @Override
                public void close() {
                    // nothing is counted here
                }
            };
        }

        @Override
        public Set<String> names(Class<?> type) {
            return Set.copyOf(sinks.keySet());
        }

        @Override
        public List<Generation> current(Class<?> type) {
            return List.of();
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }
}
