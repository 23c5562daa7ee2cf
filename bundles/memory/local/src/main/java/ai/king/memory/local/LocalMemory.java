/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.memory.Entry;
import ai.king.memory.MemoryName;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Memory in this process and on this machine's disk. Writes take turns, recalls do not wait. */
@Component(
        configurationPid = "ai.king.memory.local",
        configurationPolicy = REQUIRE,
        property = "king.reaches=file:memory/*")
@Designate(ocd = LocalMemory.Config.class, factory = true)
@MemoryName("local")
public final class LocalMemory implements MemoryStore {

    @ObjectClassDefinition(name = "Local memory", description = "Keeps memories on this machine")
    @interface Config {
        @AttributeDefinition(description = "Folder of the index; empty is \"memory\" in the platform's data folder")
        String folder() default "";

        @AttributeDefinition(
                description =
                        "How much more than asked a search looks at: higher finds more of the nearest and takes longer")
        int effort() default 3;

        @AttributeDefinition(description = "Of several memories the one with the lowest rank is asked first")
        int king_memory_rank() default 30;
    }

    private final Slot slot;
    private final Log log;
    private final int effort;
    private final Map<Integer, Map<String, Space>> spaces = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();

    @Activate
    public LocalMemory(Config config) throws IOException {
        effort = Math.max(1, config.effort());
        slot = Slot.in(config.folder().isBlank() ? dataFolder().resolve("memory") : Path.of(config.folder()));
        log = opened(slot.folder());
        spaces.values().forEach(all -> all.values().forEach(Space::load));
    }

    private static Path dataFolder() {
        String chosen = System.getProperty("king.data", "");
        return chosen.isBlank() ? Path.of(System.getProperty("karaf.data", "data"), "..", "db") : Path.of(chosen);
    }

    private Log opened(Path folder) throws IOException {
        Log found = Log.in(folder);
        read(found);
        if (!found.wasteful()) {
            return found;
        }
        spaces.clear();
        Log compact = found.compacted(folder);
        Log again = Log.in(folder);
        read(again);
        return compact.epoch().equals(again.epoch()) ? again : compact;
    }

    private void read(Log from) throws IOException {
        from.scan((address, namespace, dimension, live) ->
                space(from, namespace, dimension).found(address, live));
    }

    private Space space(Log of, String namespace, int dimension) {
        return spaces.computeIfAbsent(dimension, d -> new ConcurrentHashMap<>())
                .computeIfAbsent(namespace, name -> new Space(of, name, dimension));
    }

    @Override
    public void remember(Entry entry, float[] vector) {
        remember(List.of(entry), List.of(vector));
    }

    @Override
    public void remember(List<Entry> entries, List<float[]> vectors) {
        List<float[]> units = vectors.stream().map(LocalMemory::unit).toList();
        Map<Space, Integer> came = new LinkedHashMap<>();
        writing.lock();
        try {
            for (int i = 0; i < units.size(); i++) {
                Space space = put(entries.get(i), units.get(i));
                came.merge(space, 1, Integer::sum);
            }
            came.forEach(Space::came);
        } finally {
            writing.unlock();
        }
    }

    private Space put(Entry entry, float[] unit) {
        // The embedding model may have changed: an entry is in one space only.
        spaces.forEach((dimension, all) -> {
            Space other = all.get(entry.namespace());
            if (dimension != unit.length && other != null) {
                other.forget(List.of(entry.id()));
            }
        });
        Space space = space(log, entry.namespace(), unit.length);
        if (!space.same(entry, unit)) {
            space.put(entry, unit);
        }
        return space;
    }

    @Override
    public List<Recalled> recall(String namespace, float[] vector, Map<String, String> filter, int limit) {
        Map<String, Space> all = spaces.get(vector.length);
        Space space = all == null ? null : all.get(namespace);
        if (space == null || limit < 1) {
            return List.of();
        }
        if (space.behind() && writing.tryLock()) {
            try {
                space.catchUp();
            } finally {
                writing.unlock();
            }
        }
        return space.nearest(unit(vector), filter, limit, effort);
    }

    @Override
    public void forget(String namespace, List<String> ids) {
        writing.lock();
        try {
            spaces.values().forEach(all -> {
                Space space = all.get(namespace);
                if (space != null) {
                    space.forget(ids);
                }
            });
        } finally {
            writing.unlock();
        }
    }

    /** The same direction with length 1. */
    private static float[] unit(float[] vector) {
        double length = 0;
        for (float number : vector) {
            length += (double) number * number;
        }
        if (!(length > 0) || !Double.isFinite(length)) {
            throw new IllegalArgumentException("a vector of no length has no direction");
        }
        double factor = 1 / Math.sqrt(length);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] * factor);
        }
        return unit;
    }

    @Deactivate
    void close() throws IOException {
        writing.lock();
        try {
            spaces.values().forEach(all -> all.values().forEach(Space::finish));
            log.force();
        } finally {
            writing.unlock();
            slot.close();
        }
    }
}
