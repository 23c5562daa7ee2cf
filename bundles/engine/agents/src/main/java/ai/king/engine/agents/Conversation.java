/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.inference.Message;
import ai.king.inference.Message.Role;
import ai.king.lib.window.Fitting;
import ai.king.lib.window.Shortening;
import ai.king.store.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The turns so far, within what the opening leaves of the window: what tools gave is shortened, the oldest first; what the last
 * turn brought is cut only to the room there is.
 */
final class Conversation {

    private static final int SHORT = 200;
    /** What stands around a message. */
    private static final int FRAME = 8;

    private static final String CUT = "\n[cut here: the rest does not fit]";
    private static final int NOTE = 12;

    private final Fitting fitting;
    private final Shortening shortening;
    /** Every turn shortens the same texts again; each is summarised once. */
    private final Map<String, String> summaries = new HashMap<>();

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
        int last = lastTurn(fitted);
        for (int i = 0; i < last && tokens > fitting.budget(); i++) {
            tokens -= shorten(fitted, i, SHORT, true, leftOut);
        }
        if (tokens > fitting.budget()) {
            cutNewest(fitted, last, tokens, leftOut);
        }
        return fitted;
    }

    /** Where the last turn with calls begins. */
    private static int lastTurn(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (!messages.get(i).toolCalls().isEmpty()) {
                return i;
            }
        }
        return messages.size();
    }

    private void cutNewest(List<Message> fitted, int last, long tokens, Set<String> leftOut) {
        List<Integer> results = new ArrayList<>();
        long others = tokens;
        for (int i = last; i < fitted.size(); i++) {
            if (fitted.get(i).role() == Role.TOOL) {
                results.add(i);
                others -= fitting.counter().count(fitted.get(i).text());
            }
        }
        for (int i : results) {
            int room = (int) Math.max(SHORT / 2, (fitting.budget() - others) / results.size());
            shorten(fitted, i, room, false, leftOut);
        }
    }

    /** Shortens what a tool gave, when it is longer; the tokens that saves. */
    private int shorten(List<Message> fitted, int index, int room, boolean summarise, Set<String> leftOut) {
        Message message = fitted.get(index);
        int size = message.role() == Role.TOOL ? fitting.counter().count(message.text()) : 0;
        if (size <= room) {
            return 0;
        }
        String shorter = summarise
                ? summaries.computeIfAbsent(message.text(), text -> summary(text, room))
                : cut(message.text(), room);
        fitted.set(index, new Message(Role.TOOL, shorter, List.of(), message.toolCallId()));
        leftOut.add("conversation: what call %s gave, %,d tokens, shortened"
                .formatted(message.toolCallId().orElse(""), size));
        return size - fitting.counter().count(shorter);
    }

    private String summary(String text, int room) {
        return shortening
                .of(fitting.counter().first(text, fitting.budget() / 2), room)
                .filter(summary -> !summary.isBlank())
                .map(summary -> "[summary] " + fitting.counter().first(summary, room - NOTE))
                .orElseGet(() -> cut(text, room));
    }

    private String cut(String text, int room) {
        return fitting.counter().first(text, room - NOTE) + CUT;
    }

    private static String whole(Message message) {
        return message.toolCalls().isEmpty() ? message.text() : message.text() + Json.write(message.toolCalls());
    }
}
