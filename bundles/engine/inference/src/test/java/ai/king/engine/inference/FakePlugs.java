/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.InferenceBackend;
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
import java.util.TreeSet;

/** The whiteboard with backends set by hand; knows which leases are out. */
final class FakePlugs implements Plugs {

    private final Map<String, InferenceBackend> backends = new TreeMap<>();
    private final Map<String, Map<String, Object>> properties = new TreeMap<>();
    final List<String> out = new ArrayList<>();
    final List<String> failed = new ArrayList<>();

    FakePlugs with(String name, InferenceBackend backend, Map<String, Object> of) {
        backends.put(name, backend);
        properties.put(name, of);
        return this;
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
        if (!backends.containsKey(name)) {
            throw new NoSuchPlug(name);
        }
        out.add(name);
        return new Lease<>() {
            @Override
            public T plug() {
                return type.cast(backends.get(name));
            }

            @Override
            public Generation generation() {
                return FakePlugs.this.generation(name);
            }

            @Override
            public void failed() {
                failed.add(name);
            }

            @Override
            public void close() {
                out.remove(name);
            }
        };
    }

    private Generation generation(String name) {
        return new Generation("g", "InferenceBackend", name, "x", "1.0.0", 1, properties.get(name));
    }

    @Override
    public Set<String> names(Class<?> type) {
        return new TreeSet<>(backends.keySet());
    }

    @Override
    public List<Generation> current(Class<?> type) {
        return backends.keySet().stream().map(this::generation).toList();
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return () -> {};
    }
}
