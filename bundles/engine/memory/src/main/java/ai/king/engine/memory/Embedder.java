/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.inferences.Inferences;
import java.util.List;
import java.util.Optional;

/** Vectors from whatever backend embeds now, or none; an answer that does not fit the question is none. */
final class Embedder {

    private final Inferences inferences;

    Embedder(Inferences inferences) {
        this.inferences = inferences;
    }

    Optional<float[]> of(String text) {
        return of(List.of(text)).map(vectors -> vectors.get(0));
    }

    Optional<List<float[]>> of(List<String> texts) {
        return inferences
                .embed(texts)
                .filter(vectors ->
                        vectors.size() == texts.size() && vectors.stream().allMatch(Vectors::sound));
    }
}
