/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Outcome;
import ai.king.tool.ToolResult;
import ai.king.work.Journal;
import java.util.Collection;
import java.util.Map;

/**
 * Whether words that people outside may have written have reached one performance: cells of imported rows, answers of tools,
 * results of earlier steps, memories. Code does what it was written to do, whatever an article is called; a model may do what
 * the name says. So such words, however short, mark the step where a model is asked, and what the step remembers.
 */
final class Hearing {

    private boolean words;

    /** Notes what has come in; a number, a day and a sign are no words. */
    void hear(Object value) {
        words = words || speaks(value);
    }

    void hear(ToolResult result) {
        if (result instanceof ToolResult.Ok ok) {
            hear(ok.data());
        } else if (result instanceof ToolResult.Failed failed) {
            hear(failed.reason());
        }
    }

    void hear(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            hear(done.data());
        } else if (outcome instanceof Outcome.Declined declined) {
            hear(declined.missing());
        } else if (outcome instanceof Outcome.Failed failed) {
            hear(failed.reason());
        }
    }

    boolean words() {
        return words;
    }

    /** Called before a model is asked, in every performance of the step: what it will say derives from all that was heard. */
    void beforeModel(Journal journal) {
        if (words && !journal.step().marked()) {
            journal.mark();
        }
    }

    private static boolean speaks(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Hearing::speaks);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().anyMatch(Hearing::speaks);
        }
        return value instanceof CharSequence text && text.codePoints().anyMatch(Character::isLetter);
    }
}
