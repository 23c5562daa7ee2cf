/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agents.Memories.NewEntry;
import ai.king.agents.Memory;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of what is remembered. Every change says so in an event, which is what the indexes follow. */
final class Shelf {

    /** The channel of those events; their data are {@code namespace}, {@code ids} and {@code node}. */
    static final String CHANNEL = "memory";

    static final Actor MEMORY = Actor.system("memory");
    private static final int PAGE = 200;
    /** Rows looked through for a filter that no index serves. */
    private static final int LOOKED_THROUGH = 10_000;
    /** The newest rows that are compared one by one when no index answers. */
    private static final int COMPARED = 2_000;

    private final Store store;
    private final String node;

    Shelf(Store store, String node) {
        this.store = store;
        this.node = node;
    }

    static String id(String namespace, String key) {
        return Json.sha256(namespace.length() + ":" + namespace + key);
    }

    boolean has(String id) {
        return store.read(reader -> reader.find(Memory.class, id)).isPresent();
    }

    /** Stores an entry; false when it was there already. */
    boolean add(Actor by, String id, NewEntry entry, float @Nullable [] vector) {
        try {
            store.write(by, tx -> {
                Memory row = tx.insert(new Memory(
                        id,
                        entry.namespace(),
                        Memory.Kind.ENTRY,
                        entry.writer(),
                        entry.text(),
                        entry.marked(),
                        Map.copyOf(entry.attributes()),
                        vector == null ? null : Vectors.text(vector),
                        null,
                        tx.now(),
                        0));
                tx.record("memory.remembered", id, Map.of("namespace", entry.namespace(), "marked", entry.marked()));
                changed(tx, entry.namespace(), List.of(id));
                return row;
            });
            return true;
        } catch (DuplicateRow e) {
            return false;
        }
    }

    /** Stores a summary and says of its sources that they are in it; false when one of them has changed or is gone. */
    boolean condense(Memory summary, List<Memory> sources) {
        try {
            store.write(MEMORY, tx -> {
                for (Memory source : sources) {
                    tx.update(in(source, summary.id()));
                }
                Memory row = tx.insert(summary);
                tx.record("memory.condensed", row.id(), Map.of("entries", sources.size()));
                changed(tx, row.namespace(), List.of(row.id()));
                return row;
            });
            return true;
        } catch (StaleRow | DuplicateRow e) {
            return false;
        }
    }

    private static Memory in(Memory row, String summary) {
        return copy(row, row.vector(), summary);
    }

    private static Memory copy(Memory row, @Nullable String vector, @Nullable String summary) {
        return new Memory(
                row.id(),
                row.namespace(),
                row.kind(),
                row.writer(),
                row.text(),
                row.marked(),
                row.attributes(),
                vector,
                summary,
                row.at(),
                row.version());
    }

    /** Gives a row its vector; nothing when it has changed meanwhile. */
    void vector(Memory row, float[] vector) {
        try {
            store.write(MEMORY, tx -> {
                Memory after = tx.update(copy(row, Vectors.text(vector), row.summary()));
                tx.record("memory.embedded", row.id(), Map.of("dimension", vector.length));
                changed(tx, row.namespace(), List.of(row.id()));
                return after;
            });
        } catch (StaleRow e) {
            // Another node was first, or it was forgotten; both are told by an event of their own.
            return;
        }
    }

    void remove(Actor by, String namespace, Collection<String> ids) {
        store.write(by, tx -> {
            List<String> removed = new ArrayList<>();
            for (String id : ids) {
                tx.lock(Memory.class, id)
                        .filter(row -> row.namespace().equals(namespace))
                        .ifPresent(row -> {
                            tx.delete(Memory.class, id);
                            removed.add(id);
                        });
            }
            tx.record("memory.forgotten", namespace, Map.of("ids", removed));
            changed(tx, namespace, removed);
            return removed;
        });
    }

    private void changed(Tx tx, String namespace, List<String> ids) {
        tx.enqueue("memory.changed", Map.of("namespace", namespace, "ids", ids, "node", node), CHANNEL);
    }

    /** The rows of these ids that are there, by id. */
    Map<String, Memory> rows(Collection<String> ids) {
        Map<String, Memory> rows = new LinkedHashMap<>();
        List<String> all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += PAGE) {
            List<String> some = all.subList(i, Math.min(all.size(), i + PAGE));
            store.read(reader ->
                            reader.list(Query.of(Memory.class).in("id", some).page(null, PAGE)))
                    .forEach(row -> rows.put(row.id(), row));
        }
        return rows;
    }

    /** All rows in an order that no change disturbs, a page at a time. */
    Page<Memory> all(@Nullable String cursor) {
        return store.read(
                reader -> reader.page(Query.of(Memory.class).ascending("id").page(cursor, PAGE)));
    }

    List<Recalled> newest(String namespace, Memory.Kind kind, Map<String, String> filter, int limit) {
        return look(namespace, kind, row -> holds(row, filter), limit, LOOKED_THROUGH).stream()
                .map(row -> new Recalled(entry(row), 1))
                .toList();
    }

    /** The oldest entries that are in no summary, after how many of them are there. */
    Optional<List<Memory>> overdue(String namespace, int recent, int batch) {
        return store.read(reader -> {
            Query<Memory> open = Query.of(Memory.class)
                    .where("namespace", namespace)
                    .where("kind", Memory.Kind.ENTRY)
                    .where("summary", Query.Comparison.IS_NULL, null)
                    .ascending("at");
            if (reader.count(open) < recent + batch) {
                return Optional.empty();
            }
            return Optional.of(reader.page(open.page(null, batch)).items());
        });
    }

    /** The nearest of the newest rows, compared one by one. */
    List<Recalled> nearest(String namespace, float[] vector, Map<String, String> filter, int limit) {
        List<Memory> rows = new ArrayList<>();
        for (Memory.Kind kind : Memory.Kind.values()) {
            rows.addAll(look(namespace, kind, row -> holds(row, filter), COMPARED, COMPARED));
        }
        return ranked(namespace, rows, vector, filter, limit);
    }

    /** Rows as they are recalled: of this namespace and filter only, by how near the stored vector is. */
    static List<Recalled> ranked(
            String namespace, Collection<Memory> rows, float[] vector, Map<String, String> filter, int limit) {
        List<Recalled> found = new ArrayList<>();
        for (Memory row : rows) {
            String stored = row.vector();
            if (stored == null || !row.namespace().equals(namespace) || !holds(row, filter)) {
                continue;
            }
            float[] own = Vectors.of(stored);
            if (own.length == vector.length) {
                found.add(new Recalled(entry(row), Vectors.cosine(vector, own)));
            }
        }
        found.sort(Comparator.comparingDouble(Recalled::score).reversed());
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    private List<Memory> look(String namespace, Memory.Kind kind, Predicate<Memory> wanted, int limit, int most) {
        List<Memory> found = new ArrayList<>();
        Query<Memory> query = Query.of(Memory.class)
                .where("namespace", namespace)
                .where("kind", kind)
                .descending("at");
        String cursor = null;
        int seen = 0;
        do {
            String from = cursor;
            Page<Memory> page = store.read(reader -> reader.page(query.page(from, PAGE)));
            page.items().stream().filter(wanted).limit(limit - found.size()).forEach(found::add);
            seen += page.items().size();
            cursor = page.next();
        } while (cursor != null && found.size() < limit && seen < most);
        return found;
    }

    private static boolean holds(Memory row, Map<String, String> filter) {
        return row.attributes().entrySet().containsAll(filter.entrySet());
    }

    static Entry entry(Memory row) {
        return new Entry(row.id(), row.namespace(), row.writer(), row.text(), row.marked(), row.attributes(), row.at());
    }
}
