/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agents.Memories;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import ai.king.store.Actor;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Memories in the heap, in the order they came; what has the text among its attributes is nearest. For many threads. */
public final class HeapMemories implements Memories {

    public final Map<String, Entry> entries = Collections.synchronizedMap(new LinkedHashMap<>());

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
        return recent(namespace, filter, Integer.MAX_VALUE).stream()
                .sorted(Comparator.comparing(each -> !each.entry().attributes().containsValue(text)))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Recalled> recent(String namespace, Map<String, String> filter, int limit) {
        List<Entry> all;
        synchronized (entries) {
            all = List.copyOf(entries.values());
        }
        return all.stream()
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
