/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import ai.king.brain.Mind;
import ai.king.inference.Message;
import ai.king.inference.Message.Role;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Asks a model for one JSON object until it can be used, telling it each time what was wrong. */
final class Dialogue {

    private static final int LONGEST_REMEMBERED = 8_000;

    private final Excerpts excerpts;

    Dialogue(Excerpts excerpts) {
        this.excerpts = excerpts;
    }

    /** How to ask: the words, and how often. */
    record Question(String system, String user, double temperature, int maxTokens, int attempts) {}

    /**
     * What the model's object was read as; empty when it never could be, or nobody answers.
     *
     * @param reading throws {@link Unusable} with what is wrong
     */
    <T> Optional<T> ask(Mind mind, Question question, Function<JsonNode, T> reading) {
        List<Message> messages = new ArrayList<>(
                List.of(Message.of(Role.SYSTEM, question.system()), Message.of(Role.USER, question.user())));
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
                return Optional.of(read(answer, reading));
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
