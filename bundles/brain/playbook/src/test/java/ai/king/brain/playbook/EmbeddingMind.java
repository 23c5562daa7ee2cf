/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Mind;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.List;
import java.util.Optional;

/** The platform's mind in playbook mode: the shipped embedding model, nobody who chats. */
final class EmbeddingMind implements Mind {

    private static final EmbeddingModel MODEL = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);

    @Override
    public boolean canChat() {
        return false;
    }

    @Override
    public Reply chat(Prompt prompt) {
        return new Reply.Unavailable("no model that chats", true, Optional.empty());
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return Optional.of(MODEL.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
                .map(embedding -> embedding.vector())
                .toList());
    }
}
