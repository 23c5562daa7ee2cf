/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model double that says what a test tells it, piece by piece; without words it is no model at all. */
final class Talker implements Inferences {
    private Window window = Window.usual();

    final List<Prompt> asked = new ArrayList<>();
    private List<String> pieces = List.of();
    private @Nullable String fails;

    Talker says(String... words) {
        pieces = List.of(words);
        return this;
    }

    /** Reads no more than this at once. */
    Talker reads(int tokens) {
        window = new Window("double", tokens);
        return this;
    }

    @Override
    public Window window(Need need) {
        return window;
    }

    /** Says its words and then breaks off. */
    Talker breaksOff(String reason) {
        fails = reason;
        return this;
    }

    @Override
    public Reply chat(Prompt prompt, Need need, Listener listener) {
        asked.add(prompt);
        pieces.forEach(listener::onText);
        return fails == null
                ? new Reply.Answer("double", String.join("", pieces), List.of(), "stop", new Reply.Usage(1, 1))
                : new Reply.Unavailable(fails, true, Optional.empty());
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return Optional.empty();
    }

    @Override
    public boolean canChat() {
        return !pieces.isEmpty() || fails != null;
    }

    @Override
    public List<Backend> backends() {
        return List.of();
    }
}
