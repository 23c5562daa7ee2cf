/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Plugs by hand: the first one of a name takes the calls. */
final class HandPlugs implements Plugs {

    private record Entry(Class<?> type, Generation generation, Object plug) {}

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    final AtomicInteger out = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    <T> void add(Class<T> type, String name, String id, T plug) {
        add(type, name, id, Map.of("king.agent.capabilities", new String[] {"do: does it", "rest: rests"}), plug);
    }

    <T> void add(Class<T> type, String name, String id, Map<String, Object> properties, T plug) {
        entries.add(
                new Entry(type, new Generation(id, type.getSimpleName(), name, "test", "1.2.3", 1, properties), plug));
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
        Entry entry = entries.stream()
                .filter(each -> each.type() == type && each.generation().name().equals(name))
                .filter(each -> key.pinned().map(each.generation().id()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> new NoSuchPlug(name));
        out.incrementAndGet();
        return new Lease<>() {
            @Override
            public T plug() {
                return type.cast(entry.plug());
            }

            @Override
            public Generation generation() {
                return entry.generation();
            }

            @Override
            public void failed() {
                failed.incrementAndGet();
            }

            @Override
            public void close() {
                out.decrementAndGet();
            }
        };
    }

    @Override
    public Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        current(type).forEach(generation -> names.add(generation.name()));
        return names;
    }

    @Override
    public List<Generation> current(Class<?> type) {
        return entries.stream()
                .filter(entry -> entry.type() == type)
                .map(Entry::generation)
                .toList();
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return () -> {};
    }
}
