/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.memory.Entry;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import ai.king.plug.Lease;
import ai.king.plug.RouteKey;
import ai.king.store.Json;
import ai.king.work.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A step's way to the memory of its business, when there is a memory and something that makes vectors. */
final class Memories {

    private final Services services;
    private final Journal journal;
    private final String agent;

    Memories(Services services, Journal journal, String agent) {
        this.services = services;
        this.journal = journal;
        this.agent = agent;
    }

    void remember(String text, Map<String, String> attributes) {
        journal.recorded("remember", Map.of("text", text, "attributes", attributes), () -> {
            // The id follows from step and text: storing again after a crash replaces the same entry.
            Entry entry = new Entry(
                    Json.sha256(journal.step().id() + ":" + text),
                    namespace(),
                    agent,
                    text,
                    journal.step().marked(),
                    Map.copyOf(attributes),
                    services.clock().instant());
            boolean stored = with(text, memory -> vector -> {
                        memory.remember(entry, vector);
                        return List.of(entry);
                    })
                    .isPresent();
            return Map.of("stored", stored);
        });
    }

    List<Recalled> recall(String text, int limit) {
        Map<String, Object> recorded = journal.recorded("recall", Map.of("text", text, "limit", limit), () -> {
            List<Recalled> found = with(text, memory -> vector -> memory.recall(namespace(), vector, Map.of(), limit))
                    .orElse(List.of());
            return Map.of("found", found.stream().map(Json::asMap).toList());
        });
        List<Recalled> found = new ArrayList<>();
        if (recorded.get("found") instanceof List<?> entries) {
            entries.forEach(entry -> found.add(Json.convert(entry, Recalled.class)));
        }
        if (found.stream().anyMatch(recalled -> recalled.entry().marked())) {
            journal.mark();
        }
        return found;
    }

    private String namespace() {
        String business = journal.goal().businessId();
        return business == null ? "goal:" + journal.goal().id() : "business:" + business;
    }

    private <T> Optional<List<T>> with(String text, Function<MemoryStore, Function<float[], List<T>>> work) {
        Optional<String> name =
                services.plugs().names(MemoryStore.class).stream().findFirst();
        Optional<List<float[]>> vectors =
                name.flatMap(n -> services.inferences().embed(List.of(text)));
        if (vectors.isEmpty() || vectors.get().isEmpty()) {
            return Optional.empty();
        }
        RouteKey key = RouteKey.of(journal.goal().id());
        try (Lease<MemoryStore> lease = services.plugs().lease(MemoryStore.class, name.get(), key)) {
            return Optional.of(work.apply(lease.plug()).apply(vectors.get().get(0)));
        }
    }
}
