/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import java.util.List;
import java.util.Optional;

/** A model double that says what a test tells it, piece by piece; without words it is no model at all. */
final class Words implements Inferences {

    private List<String> pieces = List.of();
    private Runnable between = () -> {};

    void says(String... words) {
        pieces = List.of(words);
    }

    /** What happens after each piece. */
    void then(Runnable each) {
        between = each;
    }

    @Override
    public Reply chat(Prompt prompt, Need need, Listener listener) {
        pieces.forEach(piece -> {
            listener.onText(piece);
            between.run();
        });
        return new Reply.Answer("double", String.join("", pieces), List.of(), "stop", new Reply.Usage(1, 1));
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return Optional.empty();
    }

    @Override
    public boolean canChat() {
        return !pieces.isEmpty();
    }

    @Override
    public List<Backend> backends() {
        return List.of();
    }
}
