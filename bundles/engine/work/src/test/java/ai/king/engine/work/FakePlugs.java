/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Plugs by hand: the first one of a name takes the calls. */
final class FakePlugs implements Plugs {

    private record Entry(Class<?> type, Generation generation, Object plug) {}

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    <T> FakePlugs add(Class<T> type, String name, String generation, Map<String, Object> properties, T plug) {
        Generation made =
                new Generation(generation, type.getSimpleName(), name, "test." + name, "1.0.0", 1, properties);
        entries.add(new Entry(type, made, plug));
        return this;
    }

    void remove(String generation) {
        entries.removeIf(entry -> entry.generation().id().equals(generation));
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
        for (Entry entry : entries) {
            boolean pinned = key.pinned().map(entry.generation().id()::equals).orElse(true);
            if (entry.type() == type && entry.generation().name().equals(name) && pinned) {
                open.incrementAndGet();
                return new Held<>(type.cast(entry.plug()), entry.generation());
            }
        }
        throw new NoSuchPlug(name);
    }

    private final class Held<T> implements Lease<T> {
        private final T plug;
        private final Generation generation;

        Held(T plug, Generation generation) {
            this.plug = plug;
            this.generation = generation;
        }

        @Override
        public T plug() {
            return plug;
        }

        @Override
        public Generation generation() {
            return generation;
        }

        @Override
        public void failed() {
            failed.incrementAndGet();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    @Override
    public Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        current(type).forEach(generation -> names.add(generation.name()));
        return names;
    }

    @Override
    public List<Generation> current(Class<?> type) {
        List<Generation> found = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Entry entry : entries) {
            if (entry.type() == type && seen.add(entry.generation().name())) {
                found.add(entry.generation());
            }
        }
        return found;
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return () -> {};
    }
}
