/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.inference.Message;
import ai.king.lib.window.Fitted;
import ai.king.lib.window.Fitting;
import ai.king.lib.window.Marked;
import ai.king.lib.window.Part;
import ai.king.lib.window.Piece;
import ai.king.lib.window.Shortening;
import ai.king.store.Json;
import ai.king.work.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model hears of a conversation: as much as its window holds, the message before all, then the newest exchanges.
 *
 * @param leftOut what did not fit whole; empty when all did
 */
record Heard(List<Message> messages, List<String> leftOut) {

    /** The tokens of what stands around the texts. */
    private static final int AROUND = 200;

    static Heard of(String rules, String facts, List<Exchange> before, String message, Fitting fitting) {
        List<String> leftOut = new ArrayList<>();
        String said = message(message, fitting, leftOut);
        Map<Piece, Exchange> exchanges = new LinkedHashMap<>();
        for (int i = 0; i < before.size(); i++) {
            Exchange each = before.get(i);
            String text = "person: " + each.message() + "\nreply: " + each.reply();
            exchanges.put(new Piece(Part.CONVERSATION, "exchange " + (i + 1), text), each);
        }
        List<Piece> pieces = new ArrayList<>(exchanges.keySet());
        pieces.add(new Piece(Part.BUSINESS, "facts", facts));
        int kept = fitting.counter().count(rules) + fitting.counter().count(said) + AROUND;
        Fitted fitted = fitting.fit(pieces, kept, Shortening.none());
        leftOut.addAll(fitted.leftOut());
        return new Heard(messages(rules, fitted.pieces(), exchanges, said), List.copyOf(leftOut));
    }

    /** Half of the window is the message's, if it needs it. */
    private static String message(String message, Fitting fitting, List<String> leftOut) {
        int most = fitting.budget() / 2;
        if (fitting.counter().most(message) <= most || fitting.counter().count(message) <= most) {
            return message;
        }
        leftOut.add("the message cut after %,d tokens".formatted(most));
        return fitting.counter().first(message, most) + "\n[cut here: the rest does not fit]";
    }

    private static List<Message> messages(
            String rules, List<Piece> fitted, Map<Piece, Exchange> exchanges, String message) {
        List<Piece> shortened = new ArrayList<>();
        List<Message> talk = new ArrayList<>();
        String facts = "";
        for (Piece piece : fitted) {
            Exchange exchange = exchanges.get(piece);
            if (piece.part() == Part.BUSINESS) {
                facts = piece.text();
            } else if (exchange == null) {
                shortened.add(piece);
            } else {
                talk.add(Message.of(Message.Role.USER, exchange.message()));
                talk.add(Message.of(Message.Role.ASSISTANT, exchange.reply()));
            }
        }
        String older = shortened.isEmpty() ? "" : "\n\n" + Marked.RULE + "\n" + Marked.text(shortened);
        List<Message> messages = new ArrayList<>();
        messages.add(
                Message.of(Message.Role.SYSTEM, rules + "\n\nFACTS\n" + Json.write(Map.of("facts", facts)) + older));
        messages.addAll(talk);
        messages.add(Message.of(Message.Role.USER, message));
        return List.copyOf(messages);
    }
}
