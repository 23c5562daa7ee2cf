/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.brain.Intent;
import ai.king.work.Exchange;
import java.util.List;
import java.util.Locale;

/** What a message is taken for: a question of what is stored, one that goes on with the question before, a wish, or talk. */
final class Sorting {

    private static final int FEW_WORDS = 8;

    private Sorting() {}

    /** "And in July?" asks for what was asked before. */
    static Question followUp(Question question, List<Exchange> before) {
        if (question.topic().isPresent()
                || question.spans().isEmpty() && question.words().isEmpty()
                || question.text().strip().split("\\s+").length > FEW_WORDS
                || before.isEmpty()) {
            return question;
        }
        String topic = before.get(before.size() - 1).intent().parameters().getOrDefault("topic", "");
        boolean goesOn = question.text()
                .strip()
                .toLowerCase(Locale.ROOT)
                .matches("(?s)(and|or|what about|how about|und|y)\\b.*");
        return goesOn ? Topic.named(topic).map(question::about).orElse(question) : question;
    }

    static boolean factual(Question question, Intent intent) {
        if (question.topic().isEmpty()
                || question.judges()
                || question.turn().isPresent() && !question.topic().get().ofPlatform()) {
            return false;
        }
        boolean ordered = intent.type() == Intent.Type.COMMAND && intent.action() != Intent.Action.UNKNOWN;
        boolean continues = !question.spans().isEmpty()
                && question.text().matches("(?is)\\W*(and|what about|how about|und|y)\\b.*");
        boolean named =
                intent.action() == Intent.Action.UNKNOWN && !question.spans().isEmpty();
        return continues
                || question.names() && !Orders.makes(question.text())
                || named && !Orders.destroys(question.text()) && !Orders.makes(question.text())
                || question.asks() && !(ordered && Orders.makes(question.text()))
                || intent.type() == Intent.Type.QUERY && !Orders.destroys(question.text());
    }

    /** Whether a figure seems to be wanted that the words do not name. */
    static boolean wanting(Question question, Intent intent) {
        return intent.type() == Intent.Type.QUERY
                && question.topic().isEmpty()
                && question.turn().isEmpty()
                && !question.judges()
                && !Orders.makes(question.text())
                && !Orders.destroys(question.text());
    }

    static Intent.Type kind(Question question, Intent intent) {
        if (intent.type() == Intent.Type.COMMAND) {
            return question.judges() || question.asks() && intent.action() == Intent.Action.UNKNOWN
                    ? Intent.Type.QUERY
                    : Intent.Type.COMMAND;
        }
        return intent.type();
    }
}
