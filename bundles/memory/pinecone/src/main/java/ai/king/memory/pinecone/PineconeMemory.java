/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pinecone;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.memory.Entry;
import ai.king.memory.MemoryName;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Memory in an index of Pinecone. What was written can be read a moment later. */
@Component(
        configurationPid = "ai.king.memory.pinecone",
        configurationPolicy = REQUIRE,
        property = {"king.reaches=https://api.pinecone.io", "king.reaches=https://*.pinecone.io"})
@Designate(ocd = PineconeMemory.Config.class, factory = true)
@MemoryName("pinecone")
public final class PineconeMemory implements MemoryStore {

    @ObjectClassDefinition(name = "Pinecone memory", description = "Keeps memories in Pinecone")
    @interface Config {
        @AttributeDefinition(
                description =
                        "Name of the index; without one this memory is not used. Its metric is cosine, its dimension that of the embedding model")
        String index() default "";

        @AttributeDefinition(type = AttributeType.PASSWORD, description = "API key, as $[secret:name] or $[env:NAME]")
        String _key() default "";

        @AttributeDefinition(description = "Where indexes are looked up")
        String address() default "https://api.pinecone.io";

        @AttributeDefinition(description = "Seconds a request may take")
        int seconds() default 10;

        @AttributeDefinition(description = "Of several memories the one with the lowest rank is asked first")
        int king_memory_rank() default 20;

        @AttributeDefinition(description = "Whether one index serves all nodes")
        boolean king_memory_shared() default true;
    }

    /** A request is at most 2 MB; an entry of the longest text and 1,536 numbers is about 40 KB. */
    private static final int BATCH = 40;

    private static final int DELETED_AT_ONCE = 1000;

    private final List<String> missing;
    private final Service service;

    @Activate
    public PineconeMemory(Config config) {
        List<String> lacks = new ArrayList<>();
        if (!config.index().matches("[a-z0-9]([a-z0-9-]{0,43}[a-z0-9])?")) {
            lacks.add("the name of a Pinecone index (index)");
        }
        if (config._key().isBlank()) {
            lacks.add("a key of Pinecone (.key)");
        }
        missing = List.copyOf(lacks);
        service = new Service(config);
    }

    @Override
    public List<String> missing() {
        return missing;
    }

    @Override
    public void remember(Entry entry, float[] vector) {
        remember(List.of(entry), List.of(vector));
    }

    @Override
    public void remember(List<Entry> entries, List<float[]> vectors) {
        Map<String, List<Integer>> byNamespace = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            byNamespace
                    .computeIfAbsent(entries.get(i).namespace(), name -> new ArrayList<>())
                    .add(i);
        }
        byNamespace.forEach((namespace, places) -> {
            for (int from = 0; from < places.size(); from += BATCH) {
                List<Integer> some = places.subList(from, Math.min(places.size(), from + BATCH));
                List<Map<String, Object>> forms = some.stream()
                        .map(place -> Forms.vector(entries.get(place), vectors.get(place)))
                        .toList();
                upsert(namespace, forms, vectors.get(some.get(0)).length);
            }
        });
    }

    private void upsert(String namespace, List<Map<String, Object>> forms, int dimension) {
        Map<String, Object> body = Map.of("namespace", Forms.hash(namespace), "vectors", forms);
        int stored = service.ask("/vectors/upsert", body, dimension)
                .map(answer -> answer.path("upsertedCount").asInt())
                .orElse(0);
        if (stored != forms.size()) {
            throw new IllegalStateException("Pinecone stored " + stored + " of " + forms.size() + " entries");
        }
    }

    @Override
    public List<Recalled> recall(String namespace, float[] vector, Map<String, String> filter, int limit) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("namespace", Forms.hash(namespace));
        body.put("vector", vector);
        body.put("topK", limit);
        body.put("includeMetadata", true);
        if (!filter.isEmpty()) {
            body.put("filter", Forms.filter(filter));
        }
        List<Recalled> found = new ArrayList<>();
        for (JsonNode match : service.ask("/query", body, vector.length)
                .map(answer -> answer.path("matches"))
                .map(matches -> (Iterable<JsonNode>) matches)
                .orElse(List.of())) {
            double score = Math.max(-1, Math.min(1, match.path("score").asDouble()));
            Forms.entry(namespace, match.path("metadata")).ifPresent(entry -> found.add(new Recalled(entry, score)));
        }
        return List.copyOf(found);
    }

    @Override
    public void forget(String namespace, List<String> ids) {
        Set<String> hashes = new LinkedHashSet<>();
        ids.forEach(id -> hashes.add(Forms.hash(id)));
        List<String> all = List.copyOf(hashes);
        for (int from = 0; from < all.size(); from += DELETED_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + DELETED_AT_ONCE));
            service.ask("/vectors/delete", Map.of("namespace", Forms.hash(namespace), "ids", some), 0);
        }
    }
}
