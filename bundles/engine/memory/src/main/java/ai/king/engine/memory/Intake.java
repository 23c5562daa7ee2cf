/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agents.Memory;
import ai.king.memory.Entry;
import ai.king.memory.MemoryStore;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.RouteKey;
import ai.king.store.Event;
import ai.king.store.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** What goes into the index of one generation: the rows as the store holds them now, all of them or those that events name. */
final class Intake {

    private static final RouteKey ANY = RouteKey.of("memory");

    private final Feeder.Sources sources;
    private final Generation generation;
    private final Consumer<String> brought;

    /** @param brought hears the id of each row that the index has, or no longer has, as the store says */
    Intake(Feeder.Sources sources, Generation generation, Consumer<String> brought) {
        this.sources = sources;
        this.generation = generation;
        this.brought = brought;
    }

    /** Whether its own machine's disk or a far service holds the entries of all nodes. */
    private boolean shared() {
        return Boolean.parseBoolean(String.valueOf(generation.properties().get("king.memory.shared")));
    }

    /** Gives it every row; of nodes that share one index only the first does. */
    void everything(BooleanSupplier closing) {
        if (shared() && !sources.first().getAsBoolean()) {
            return;
        }
        String cursor = null;
        do {
            Page<Memory> page = sources.shelf().all(cursor);
            give(page.items());
            cursor = page.next();
        } while (cursor != null && !closing.getAsBoolean());
    }

    /** Whether one of the events was about memory. */
    boolean take(List<Event> events) {
        Map<String, Set<String>> changed = new LinkedHashMap<>();
        for (Event event : events) {
            boolean own = sources.node().equals(event.data().get("node"));
            if (event.channels().contains(Shelf.CHANNEL) && (own || !shared())) {
                Set<String> ids = changed.computeIfAbsent(
                        String.valueOf(event.data().get("namespace")), namespace -> new LinkedHashSet<>());
                if (event.data().get("ids") instanceof Collection<?> several) {
                    several.forEach(id -> ids.add(String.valueOf(id)));
                }
            }
        }
        changed.forEach(this::bring);
        return !changed.isEmpty();
    }

    /** Whatever happened to these ids and in which order: what the store holds now is what the index gets. */
    private void bring(String namespace, Set<String> ids) {
        Map<String, Memory> rows = sources.shelf().rows(ids);
        List<String> gone = ids.stream().filter(id -> !rows.containsKey(id)).toList();
        if (!gone.isEmpty()) {
            leased(plug -> {
                plug.forget(namespace, gone);
                return gone;
            });
        }
        give(List.copyOf(rows.values()));
        ids.forEach(brought);
    }

    private void give(List<Memory> rows) {
        List<Entry> entries = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (Memory row : rows) {
            String stored = row.vector();
            if (stored != null) {
                entries.add(Shelf.entry(row));
                vectors.add(Vectors.of(stored));
            }
        }
        if (!entries.isEmpty()) {
            leased(plug -> {
                plug.remember(List.copyOf(entries), List.copyOf(vectors));
                return entries;
            });
        }
    }

    /** Works with the plug itself; what it throws is counted against it. */
    <T> T leased(Function<MemoryStore, T> work) {
        try (Lease<MemoryStore> lease =
                sources.plugs().lease(MemoryStore.class, generation.name(), ANY.pin(generation.id()))) {
            try {
                return work.apply(lease.plug());
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                lease.failed();
                throw e;
            }
        }
    }
}
