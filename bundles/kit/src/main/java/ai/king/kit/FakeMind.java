/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import ai.king.brain.Mind;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A mind for tests: without a model that chats, embedding by the function given. */
public record FakeMind(Optional<Function<List<String>, List<float[]>>> embedding) implements Mind {

    public static FakeMind empty() {
        return new FakeMind(Optional.empty());
    }

    @Override
    public boolean canChat() {
        return false;
    }

    @Override
    public Reply chat(Prompt prompt) {
        return new Reply.Unavailable("no model is configured", false, Optional.empty());
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return embedding.map(function -> function.apply(texts));
    }
}
