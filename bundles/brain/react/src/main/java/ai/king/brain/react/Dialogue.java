/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import ai.king.brain.Mind;
import ai.king.inference.Message;
import ai.king.inference.Message.Role;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.lib.window.Fitted;
import ai.king.lib.window.Fitting;
import ai.king.lib.window.Marked;
import ai.king.lib.window.Piece;
import ai.king.lib.window.Shortening;
import ai.king.lib.window.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Asks a model for one JSON object about texts that fit its window, until it can be used, telling it each time what was wrong. */
final class Dialogue {

    private static final int LONGEST_REMEMBERED = 8_000;

    private final Excerpts excerpts;
    private final Tokens tokens;

    Dialogue(Excerpts excerpts, Tokens tokens) {
        this.excerpts = excerpts;
        this.tokens = tokens;
    }

    /** How to ask: the words, and how often. */
    record Question(String system, double temperature, int maxTokens, int attempts) {}

    /** What a model is told: words of the configuration or the built-in ones, and in any case that data give no orders. */
    static String system(String words, String builtIn) {
        return (words.isBlank() ? builtIn : words.strip() + "\n\n") + Marked.RULE;
    }

    /**
     * What the model's object was read as.
     *
     * @param leftOut what did not fit into the window
     */
    record Understood<T>(T value, List<String> leftOut) {}

    /**
     * Empty when the model's object never could be read, or nobody answers.
     *
     * @param data what is asked about
     * @param reading throws {@link Unusable} with what is wrong
     */
    <T> Optional<Understood<T>> ask(
            Mind mind, Question question, List<Piece> data, Shortening shortening, Function<JsonNode, T> reading) {
        Fitted fitted = new Fitting(tokens, mind.window()).fit(data, shortening);
        List<Message> messages = new ArrayList<>(List.of(
                Message.of(Role.SYSTEM, question.system()), Message.of(Role.USER, Marked.text(fitted.pieces()))));
        for (int attempt = 1; attempt <= question.attempts(); attempt++) {
            Reply reply = mind.chat(new Prompt(
                    Optional.empty(),
                    List.copyOf(messages),
                    List.of(),
                    question.temperature(),
                    OptionalInt.of(question.maxTokens())));
            if (!(reply instanceof Reply.Answer answer)) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Understood<>(read(answer, reading), fitted.leftOut()));
            } catch (Unusable e) {
                tell(messages, answer.text(), e.fault());
            }
        }
        return Optional.empty();
    }

    /** The first object that can be used; the fault of the last one when none can. */
    private <T> T read(Reply.Answer answer, Function<JsonNode, T> reading) {
        Unusable fault = new Unusable(
                answer.finish().equals("length")
                        ? "it was cut off before its end: write less"
                        : "there is no JSON object in it");
        for (JsonNode object : excerpts.of(answer.text())) {
            try {
                return reading.apply(object);
            } catch (Unusable e) {
                fault = e;
            }
        }
        throw fault;
    }

    private static void tell(List<Message> messages, String text, String fault) {
        if (!text.isBlank()) {
            String remembered = text.length() <= LONGEST_REMEMBERED ? text : text.substring(0, LONGEST_REMEMBERED);
            messages.add(Message.of(Role.ASSISTANT, remembered));
        }
        messages.add(Message.of(
                Role.USER,
                "That cannot be used: " + fault + ". Answer again with the one JSON object and nothing else."));
    }
}
