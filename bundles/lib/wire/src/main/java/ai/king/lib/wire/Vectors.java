/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts embedded by a model of LangChain4j. */
public final class Vectors {

    private final @Nullable EmbeddingModel model;
    private final Failures failures;

    /** @param model null where none is configured */
    public Vectors(@Nullable EmbeddingModel model, Failures failures) {
        this.model = model;
        this.failures = failures;
    }

    /** Whether there is a model. */
    public boolean there() {
        return model != null;
    }

    public List<float[]> of(List<String> texts) {
        if (model == null) {
            throw new UnsupportedOperationException("no embedding.model is configured");
        }
        if (texts.isEmpty()) {
            return List.of();
        }
        try {
            return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
                    .map(Embedding::vector)
                    .toList();
        } catch (RuntimeException e) {
            // Without the cause: its message may hold what the far side echoed of the key.
            throw new IllegalStateException(failures.of(e).reason());
        }
    }
}
