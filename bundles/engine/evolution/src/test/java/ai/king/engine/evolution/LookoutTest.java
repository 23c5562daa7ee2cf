/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.evolution.testing.FakeStore;
import ai.king.evolution.Pointer;
import ai.king.evolution.Release;
import ai.king.gate.Controls;
import ai.king.store.Actor;
import ai.king.store.LedgerEntry;
import ai.king.work.Goals;
import ai.king.work.Schedules;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.util.converter.Converters;

class LookoutTest {

    @TempDir
    Path work;

    private final FakeStore store = new FakeStore();
    private final Map<String, Runnable> jobs = new TreeMap<>();
    private boolean paused;

    private final Schedules schedules = new Schedules() {
        @Override
        public AutoCloseable every(String name, Duration distance, Runnable job) {
            assertThat(jobs.put(name + " " + distance, job)).isNull();
            return () -> jobs.remove(name + " " + distance);
        }

        @Override
        public Instant next(String name) {
            return null;
        }
    };

    private Lookout lookout(Map<String, Object> values) throws IOException {
        return new Lookout(
                proxy(BundleContext.class, (self, method, arguments) -> work.toString()),
                store,
                store,
                proxy(Goals.class, (self, method, arguments) -> null),
                proxy(Controls.class, (self, method, arguments) -> paused),
                schedules,
                Converters.standardConverter().convert(values).to(Lookout.Config.class));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void looksAtNothingUnlessASiteTurnsItOn() throws Exception {
        Lookout off = lookout(Map.of());
        assertThat(jobs).isEmpty();
        off.stop();
        Lookout on = lookout(Map.of("enabled", true, "hours", 3));
        assertThat(jobs).containsOnlyKeys("evolution.watch PT3H");
        on.stop();
        assertThat(jobs).isEmpty();
    }

    @Test
    void everyLookIsInTheLedgerAndThereIsNoneWhilePaused() throws Exception {
        store.write(Actor.system("test"), tx -> {
            tx.record("test", "release", Map.of());
            tx.insert(new Release("1", 1, 0, null, List.of(), tx.now(), 0));
            return tx.insert(new Pointer(Releases.POINTER, 1, null, null, 0, 0));
        });
        lookout(Map.of("enabled", true));
        Runnable look = jobs.get("evolution.watch PT6H");
        paused = true;
        look.run();
        assertThat(store.about("watch/2026-11-22")).isEmpty();
        paused = false;
        look.run();
        assertThat(store.about("watch/2026-11-22"))
                .singleElement()
                .extracting(LedgerEntry::action)
                .isEqualTo("evolution.watched");
    }
}
