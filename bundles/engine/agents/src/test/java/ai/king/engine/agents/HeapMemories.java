/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agents.Memories;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import ai.king.store.Actor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Memories in the heap: recall answers all entries of the namespace that have the attributes, in the order they came. */
final class HeapMemories implements Memories {

    final Map<String, Entry> entries = new LinkedHashMap<>();

    @Override
    public String remember(Actor by, NewEntry entry) {
        String id = entry.namespace() + " " + entry.key();
        entries.putIfAbsent(
                id,
                new Entry(
                        id,
                        entry.namespace(),
                        entry.writer(),
                        entry.text(),
                        entry.marked(),
                        entry.attributes(),
                        Instant.EPOCH));
        return id;
    }

    @Override
    public List<Recalled> recall(String namespace, String text, Map<String, String> filter, int limit) {
        return recent(namespace, filter, limit);
    }

    @Override
    public List<Recalled> recent(String namespace, Map<String, String> filter, int limit) {
        return entries.values().stream()
                .filter(entry -> entry.namespace().equals(namespace))
                .filter(entry -> entry.attributes().entrySet().containsAll(filter.entrySet()))
                .limit(limit)
                .map(entry -> new Recalled(entry, 1))
                .toList();
    }

    @Override
    public List<Recalled> summaries(String namespace, int limit) {
        return List.of();
    }

    @Override
    public void forget(Actor by, String namespace, List<String> ids) {
        ids.forEach(entries::remove);
    }

    @Override
    public List<Index> indexes() {
        return List.of();
    }
}
