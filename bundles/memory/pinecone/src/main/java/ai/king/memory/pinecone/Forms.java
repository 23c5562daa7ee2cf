/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pinecone;

import ai.king.memory.Entry;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Entries as Pinecone keeps them. Namespaces and ids are hashes, for Pinecone gives some names a meaning and refuses others; the
 * names themselves stand in the metadata. All metadata is text: numbers would come back as other numbers.
 */
final class Forms {

    /** Metadata of one record is at most 40 KB. */
    private static final int LONGEST = 20_000;

    private static final String ATTRIBUTE = "a:";

    private Forms() {}

    static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, Object> vector(Entry entry, float[] vector) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("namespace", entry.namespace());
        metadata.put("id", entry.id());
        metadata.put("writer", entry.writer());
        metadata.put("text", cut(entry.text()));
        metadata.put("marked", entry.marked());
        metadata.put("at", entry.at().toString());
        entry.attributes().forEach((name, value) -> metadata.put(ATTRIBUTE + name, value));
        return Map.of("id", hash(entry.id()), "values", vector, "metadata", metadata);
    }

    /** Never half of a pair of surrogates, and in bytes what the limit means. */
    private static String cut(String text) {
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            int end = Math.min(cut.length() - 1, cut.length() * 3 / 4);
            cut = cut.substring(0, Character.isHighSurrogate(cut.charAt(end - 1)) ? end - 1 : end);
        }
        return cut;
    }

    static Map<String, Object> filter(Map<String, String> filter) {
        Map<String, Object> all = new LinkedHashMap<>();
        filter.forEach((name, value) -> all.put(ATTRIBUTE + name, Map.of("$eq", value)));
        return all;
    }

    /** Empty for what is not of this namespace or is no entry of ours. */
    static Optional<Entry> entry(String namespace, JsonNode metadata) {
        if (!metadata.path("namespace").asText().equals(namespace)
                || !metadata.path("id").isTextual()) {
            return Optional.empty();
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        metadata.fields().forEachRemaining(field -> {
            if (field.getKey().startsWith(ATTRIBUTE)) {
                attributes.put(
                        field.getKey().substring(ATTRIBUTE.length()),
                        field.getValue().asText());
            }
        });
        try {
            return Optional.of(new Entry(
                    metadata.path("id").asText(),
                    namespace,
                    metadata.path("writer").asText(),
                    metadata.path("text").asText(),
                    metadata.path("marked").asBoolean(true),
                    Map.copyOf(attributes),
                    Instant.parse(metadata.path("at").asText())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
