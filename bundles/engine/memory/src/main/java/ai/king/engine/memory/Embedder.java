/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agents.Memories;
import ai.king.cluster.Cache;
import ai.king.inferences.Inferences;
import ai.king.store.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Vectors from whatever backend embeds now, or none; an answer that does not fit the question is none. */
final class Embedder {

    /** A question is asked again soon or not at all; a changed embedding model is met within this time. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Inferences inferences;
    private final Cache cache;
    private volatile int dimension;

    Embedder(Inferences inferences, Cache cache) {
        this.inferences = inferences;
        this.cache = cache;
    }

    /** For asking only: what is stored is never made from a cached vector. */
    Optional<float[]> ofQuestion(String namespace, String text) {
        String name = "memory.question:" + Json.sha256(text);
        Optional<float[]> kept = cache.get(name).map(Vectors::of).filter(Vectors::sound);
        if (kept.isPresent()) {
            return kept;
        }
        Optional<float[]> made = of(namespace, text);
        made.ifPresent(vector -> cache.put(name, Vectors.text(vector), KEPT));
        return made;
    }

    /** @param namespace whose business pays, where there is one */
    Optional<float[]> of(String namespace, String text) {
        return of(namespace, List.of(text)).map(vectors -> vectors.get(0));
    }

    /** How many numbers its vectors have; 0 while nothing embeds. Asks only when nothing was embedded before. */
    int dimension() {
        return dimension > 0
                ? dimension
                : of("", "memory").map(vector -> vector.length).orElse(0);
    }

    Optional<List<float[]>> of(String namespace, List<String> texts) {
        Optional<List<float[]>> made = embedded(namespace, texts);
        made.filter(vectors -> !vectors.isEmpty()).ifPresent(vectors -> dimension = vectors.get(0).length);
        return made;
    }

    private Optional<List<float[]>> embedded(String namespace, List<String> texts) {
        return inferences
                .embed(texts, Memories.businessOf(namespace))
                .filter(vectors ->
                        vectors.size() == texts.size() && vectors.stream().allMatch(Vectors::sound));
    }
}
