/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agents.Memories.NewEntry;
import ai.king.cluster.Cache;
import ai.king.cluster.Node;
import ai.king.cluster.Nodes;
import ai.king.engine.store.TestDatabase;
import ai.king.engine.store.TestOutbox;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import ai.king.kit.Configs;
import ai.king.memory.Entry;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.Route;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes;
import ai.king.store.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A memory engine on a real database, with memory plugs in the heap and an embedder that knows words only. */
final class Setup implements AutoCloseable {

    static final Actor PAT = Actor.person("pat");

    final TestDatabase database;
    final TestOutbox outbox;
    final Switchboard plugs = new Switchboard();
    final Words words = new Words();
    private final List<MemoryEngine> engines = new ArrayList<>();

    Setup(TestDatabase.Kind kind) {
        database = kind.open();
        outbox = new TestOutbox(database);
    }

    MemoryEngine engine(Map<String, Object> config) {
        return engine("node-a", plugs, config);
    }

    /** An engine of another node on the same database. */
    MemoryEngine engine(String node, Switchboard plugs, Map<String, Object> config) {
        MemoryEngine engine = new MemoryEngine(
                database.store(),
                database.dataSource(),
                outbox,
                plugs,
                plugs,
                new OneNode(node),
                words,
                new HeapCache(),
                Configs.of(MemoryEngine.Config.class, config));
        engines.add(engine);
        return engine;
    }

    MemoryEngine engine() {
        return engine(Map.of());
    }

    static NewEntry entry(String namespace, String text) {
        return entry(namespace, text, false, Map.of());
    }

    static NewEntry entry(String namespace, String text, boolean marked, Map<String, String> attributes) {
        return new NewEntry(namespace, text, "pat", text, marked, attributes);
    }

    /** Waits for what another thread does; fails after half a minute. */
    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come true");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws Exception {
        for (MemoryEngine engine : engines) {
            engine.close();
        }
        outbox.close();
        database.close();
    }

    /** Keeps everything. */
    private static final class HeapCache implements Cache {
        private final Map<String, String> values = new ConcurrentHashMap<>();

        @Override
        public Optional<String> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public void put(String name, String value, Duration keep) {
            values.put(name, value);
        }

        @Override
        public void drop(String name) {
            values.remove(name);
        }
    }

    /** A node that knows of no other. */
    private record OneNode(String self) implements Nodes {

        @Override
        public List<Node> alive() {
            return List.of();
        }

        @Override
        public void applied(long release, String error, long trial, String trialError) {
            throw new UnsupportedOperationException();
        }
    }

    /** Texts that share words are near each other. */
    static final class Words implements Inferences {
        volatile boolean embeds = true;
        volatile int dimension = 256;
        volatile @Nullable Function<Prompt, String> model;

        @Override
        public Reply chat(Prompt prompt, Need need, Listener listener) {
            Function<Prompt, String> asked = model;
            return asked == null
                    ? new Reply.Unavailable("no model", false, Optional.empty())
                    : new Reply.Answer("double", asked.apply(prompt), List.of(), "stop", new Reply.Usage(0, 0));
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return embeds ? Optional.of(texts.stream().map(this::vector).toList()) : Optional.empty();
        }

        private float[] vector(String text) {
            float[] vector = new float[dimension];
            for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
                vector[Math.floorMod(word.hashCode() * 31, dimension - 1) + 1] += 1;
            }
            vector[0] = 0.01f;
            return vector;
        }

        @Override
        public boolean canChat() {
            return model != null;
        }

        @Override
        public List<Backend> backends() {
            return List.of();
        }
    }

    /** Plugs and routes as a test sets them. */
    static final class Switchboard implements Plugs, Routes {
        private final Map<String, Object> plugs = new ConcurrentHashMap<>();
        private final Map<String, Generation> generations = new LinkedHashMap<>();
        private final Map<String, String> main = new ConcurrentHashMap<>();
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        void put(String name, String generation, MemoryStore plug, Map<String, Object> properties) {
            synchronized (generations) {
                plugs.put(name + "@" + generation, plug);
                generations.put(
                        name + "@" + generation,
                        new Generation(generation, "MemoryStore", name, name, "1.0.0", plugs.size(), properties));
                main.putIfAbsent(name, generation);
            }
            listeners.forEach(Runnable::run);
        }

        void direct(String name, String generation) {
            main.put(name, generation);
            listeners.forEach(Runnable::run);
        }

        void remove(String name, String generation) {
            synchronized (generations) {
                plugs.remove(name + "@" + generation);
                generations.remove(name + "@" + generation);
            }
            listeners.forEach(Runnable::run);
        }

        @Override
        public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
            Object plug = plugs.get(name + "@" + key.pinned().orElse(main.getOrDefault(name, "")));
            if (plug == null) {
                throw new NoSuchPlug(name);
            }
            Generation generation = generations.get(name + "@" + key.pinned().orElse(""));
            return new Lease<>() {
                @Override
                public T plug() {
                    return type.cast(plug);
                }

                @Override
                public Generation generation() {
                    return generation;
                }

                @Override
                public void failed() {
                    // Nobody counts here.
                }

                @Override
                public void close() {
                    // Nothing is held.
                }
            };
        }

        @Override
        public List<Generation> present() {
            synchronized (generations) {
                return List.copyOf(generations.values());
            }
        }

        @Override
        public List<Route> all() {
            synchronized (generations) {
                return generations.values().stream()
                        .map(generation -> new Route(
                                generation,
                                generation.id().equals(main.get(generation.name()))
                                        ? Route.State.ACTIVE
                                        : Route.State.STANDBY,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0))
                        .toList();
            }
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        @Override
        public Set<String> names(Class<?> type) {
            return main.keySet();
        }

        @Override
        public List<Generation> current(Class<?> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Route> of(String type, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Route> onTrial(String type, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void direct(String type, String name, @Nullable String generation, Optional<Trial> trial) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean drained(String type, String name, String generation, Duration atMost) {
            throw new UnsupportedOperationException();
        }
    }

    /** An honest memory plug in the heap that counts what it is asked. */
    static class HeapMemory implements MemoryStore {
        final Map<String, Entry> entries = new ConcurrentHashMap<>();
        final Map<String, float[]> vectors = new ConcurrentHashMap<>();
        final Map<String, Integer> asked = new ConcurrentHashMap<>();
        volatile boolean down;

        private void up() {
            if (down) {
                throw new IllegalStateException("as if the network were down");
            }
        }

        @Override
        public void remember(Entry entry, float[] vector) {
            up();
            entries.put(entry.namespace() + " " + entry.id(), entry);
            vectors.put(entry.namespace() + " " + entry.id(), vector);
        }

        @Override
        public List<Recalled> recall(String namespace, float[] vector, Map<String, String> filter, int limit) {
            up();
            asked.merge(namespace, 1, Integer::sum);
            return entries.entrySet().stream()
                    .filter(each -> each.getValue().namespace().equals(namespace))
                    .filter(each -> each.getValue().attributes().entrySet().containsAll(filter.entrySet()))
                    .map(each -> new Recalled(each.getValue(), Vectors.cosine(vector, vectors.get(each.getKey()))))
                    .sorted(Comparator.comparingDouble(Recalled::score).reversed())
                    .limit(limit)
                    .toList();
        }

        @Override
        public void forget(String namespace, List<String> ids) {
            up();
            ids.forEach(id -> {
                entries.remove(namespace + " " + id);
                vectors.remove(namespace + " " + id);
            });
        }
    }
}
