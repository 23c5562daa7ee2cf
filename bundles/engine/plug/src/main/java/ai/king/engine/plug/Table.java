/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.engine.plug.Line.Direction;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.Route;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is there and who serves what. A lease reads one immutable map and counts once; changes take a lock, build new
 * maps and publish them before an instance that left stops giving leases, so that a lease always finds the next one.
 */
final class Table implements Plugs, Routes {

    private static final Logger LOG = LoggerFactory.getLogger(Table.class);

    private final Object lock = new Object();
    private final Map<Family, Map<String, List<Instance>>> instances = new HashMap<>();
    private final Map<Family, Map<String, Direction>> directions = new HashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<Class<?>, Map<String, Line>> lines = Map.of();

    @Override
    public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
        while (true) {
            Line line = line(type, name);
            Instance instance = line == null ? null : line.pick(key);
            if (instance == null) {
                throw new NoSuchPlug(absent(type, name, key));
            }
            if (instance.acquire()) {
                return new HeldLease<>(type, instance);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public Set<String> names(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Generation generation : current(type)) {
            names.add(generation.name());
        }
        return names;
    }

    @Override
    public List<Generation> current(Class<?> type) {
        List<Generation> current = new ArrayList<>();
        new TreeMap<>(lines.getOrDefault(type, Map.of())).forEach((name, line) -> {
            Instance main = line.main();
            if (main != null) {
                current.add(main.generation());
            }
        });
        return List.copyOf(current);
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<Route> of(String type, String name) {
        Line line = line(Family.labelled(type).type(), name);
        return line == null ? List.of() : line.routes();
    }

    @Override
    public List<Route> onTrial(String type, String name) {
        Line line = line(Family.labelled(type).type(), name);
        return line == null ? List.of() : line.onTrial();
    }

    @Override
    public List<Route> all() {
        List<Route> all = new ArrayList<>();
        Map<Class<?>, Map<String, Line>> now = lines;
        for (Family family : Family.values()) {
            new TreeMap<>(now.getOrDefault(family.type(), Map.of()))
                    .values()
                    .forEach(line -> all.addAll(line.routes()));
        }
        return all;
    }

    @Override
    public List<Generation> present() {
        List<Generation> present = new ArrayList<>();
        lines.values().forEach(names -> names.values().forEach(line -> present.addAll(line.generations())));
        return present;
    }

    @Override
    public void direct(String type, String name, @Nullable String main, Optional<Trial> trial) {
        Family family = Family.labelled(type);
        Direction direction = new Direction(main, trial);
        synchronized (lock) {
            Direction before = named(directions, family).put(name, direction);
            if (direction.equals(before)) {
                return;
            }
            publish(family, name);
        }
        changed();
    }

    @Override
    public boolean drained(String type, String name, String generation, Duration atMost) {
        Line line = line(Family.labelled(type).type(), name);
        return line == null
                || line.generation(generation)
                        .map(instance -> instance.drained(atMost))
                        .orElse(true);
    }

    /** A service appeared. */
    void add(Family family, Instance instance) {
        String name = instance.generation().name();
        synchronized (lock) {
            named(instances, family)
                    .computeIfAbsent(name, key -> new ArrayList<>())
                    .add(instance);
            publish(family, name);
        }
        changed();
    }

    /** A service leaves: new calls go elsewhere, and the calling thread waits for those under way. */
    void remove(Family family, Instance instance, Duration atMost) {
        String name = instance.generation().name();
        synchronized (lock) {
            named(instances, family).getOrDefault(name, List.of()).remove(instance);
            publish(family, name);
        }
        instance.close();
        changed();
        if (!instance.drained(atMost)) {
            LOG.warn(
                    "{} {} generation {} left with {} calls under way",
                    family.label(),
                    name,
                    instance.id(),
                    instance.inFlight());
        }
    }

    /** Tells the listeners; one that throws harms neither the others nor the plug that comes or goes. */
    void changed() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("A listener for plugs failed: {}", e.toString());
            }
        }
    }

    private @Nullable Line line(Class<?> type, String name) {
        Map<String, Line> names = lines.get(type);
        return names == null ? null : names.get(name);
    }

    private void publish(Family family, String name) {
        List<Instance> there = named(instances, family).getOrDefault(name, List.of());
        Direction direction = named(directions, family).get(name);
        Map<Class<?>, Map<String, Line>> types = new HashMap<>(lines);
        Map<String, Line> names = new HashMap<>(types.getOrDefault(family.type(), Map.of()));
        if (there.isEmpty()) {
            names.remove(name);
            named(instances, family).remove(name);
        } else {
            names.put(name, Line.of(there, direction, names.get(name)));
        }
        types.put(family.type(), Map.copyOf(names));
        lines = Map.copyOf(types);
    }

    private static <V> Map<String, V> named(Map<Family, Map<String, V>> of, Family family) {
        return of.computeIfAbsent(family, key -> new HashMap<>());
    }

    private static String absent(Class<?> type, String name, RouteKey key) {
        String what = type.getSimpleName() + " " + name;
        return key.pinned()
                .map(generation -> what + ": generation " + generation + " is not on this node")
                .orElse(what + " is not there, or no release directs calls to it");
    }
}
