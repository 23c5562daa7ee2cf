/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.inference.Message;
import ai.king.inference.Message.Role;
import ai.king.lib.window.Fitting;
import ai.king.lib.window.Shortening;
import ai.king.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The turns so far, within what the opening leaves of the window: what tools gave is shortened, the oldest first. */
final class Conversation {

    private static final int SHORT = 200;
    /** What stands around a message. */
    private static final int FRAME = 8;

    private final Fitting fitting;
    private final Shortening shortening;

    Conversation(Fitting fitting, Shortening shortening) {
        this.fitting = fitting;
        this.shortening = shortening;
    }

    /** The messages as they can be sent; a line is added to what was left out for each that was shortened. */
    List<Message> fit(Opening opening, List<Message> said, Set<String> leftOut) {
        String first = opening.system() + opening.user() + Json.write(opening.functions());
        long most = fitting.counter().most(first);
        for (Message message : said) {
            most += FRAME + fitting.counter().most(whole(message));
        }
        if (most <= fitting.budget()) {
            return said;
        }
        long tokens = fitting.counter().count(first);
        for (Message message : said) {
            tokens += FRAME + fitting.counter().count(whole(message));
        }
        List<Message> fitted = new ArrayList<>(said);
        for (int i = 0; i < fitted.size() && tokens > fitting.budget(); i++) {
            Message message = fitted.get(i);
            int size = fitting.counter().count(message.text());
            if (message.role() == Role.TOOL && size > SHORT) {
                String shorter = shorter(message.text());
                fitted.set(i, new Message(Role.TOOL, shorter, List.of(), message.toolCallId()));
                leftOut.add("conversation: what tool call %d gave, %,d tokens, shortened".formatted(i, size));
                tokens -= size - fitting.counter().count(shorter);
            }
        }
        return fitted;
    }

    private String shorter(String text) {
        String readable = fitting.counter().first(text, fitting.budget() / 2);
        return Json.write(shortening
                .of(readable, SHORT)
                .filter(summary -> !summary.isBlank())
                .<Map<String, Object>>map(
                        summary -> Map.of("summary", fitting.counter().first(summary, SHORT)))
                .orElseGet(() -> Map.of("beginning", fitting.counter().first(text, SHORT / 2))));
    }

    private static String whole(Message message) {
        return message.toolCalls().isEmpty() ? message.text() : message.text() + Json.write(message.toolCalls());
    }
}
