/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Intent;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which actions cannot be undone. A vector says what a text is about, hardly who does what to whom: "end the contract
 * with the company" lies beside "end the company". So such an action must be meant and said: a verb that ends, the
 * business as its object, nothing between and nothing of the business behind.
 */
final class Destructive {

    private static final Set<Intent.Action> ACTIONS = EnumSet.of(Intent.Action.STOP_BUSINESS);

    private static final String ENDS = "stop|close|shut|end|cease|terminate|discontinue|liquidate|dissolve|abandon|kill"
            + "|sunset|retire|finish|wind (?:down|up)|give up|pull the plug on|bring|take";
    private static final String BUSINESS =
            "business|company|shop|store|venture|firm|enterprise|startup|trading|operations|operation";
    private static final String BETWEEN =
            "(?: (?!(?:with|of|for|from|at|in|to|about|by|on|between|after|during|around|over|under|near|what|where|that|which)\\b)[\\w'-]+){0,6}? ";
    private static final String BEHIND =
            "(?= ?(?:[.,;:!]|$)| (?:and|for good|for ever|forever|permanently|down|now|immediately|today|completely"
                    + "|offline|out of|to an end|at the end|by the end|because|as|since|please|of the (?:business|company"
                    + "|shop|store|venture|firm)) ?)";
    private static final Pattern SAID = Pattern.compile(
            "\\b(?:" + ENDS + ")(?: down| up)?" + BETWEEN + "(?:" + BUSINESS + ")\\b" + BEHIND,
            Pattern.CASE_INSENSITIVE);

    private Destructive() {}

    static boolean is(Intent.Action action) {
        return ACTIONS.contains(action);
    }

    /** Whether the words of a text order it, too. */
    static boolean said(String text) {
        return SAID.matcher(text.replaceAll("\\s+", " ")).find();
    }
}
