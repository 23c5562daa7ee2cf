/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Intent;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which actions cannot be undone. A vector says what a text is about, hardly who does what to whom: "end the contract
 * with the company" lies beside "end the company". So such an action must be meant and said: a verb that ends, the
 * business as its object, nothing between and nothing of the business behind, at the head of a clause and in no quotation.
 */
final class Destructive {

    private static final Set<Intent.Action> ACTIONS = EnumSet.of(Intent.Action.STOP_BUSINESS);

    private static final String ENDS = "stop|close|shut|end|cease|terminate|discontinue|liquidate|dissolve|abandon|kill"
            + "|sunset|retire|finish|wind (?:down|up)|give up|pull the plug on|bring|take";
    private static final String BUSINESS =
            "business|company|shop|store|venture|firm|enterprise|startup|trading|operations|operation";
    private static final String BETWEEN =
            "(?: (?!(?:with|of|for|from|at|in|to|about|by|on|between|after|during|around|over|under|near|what|where|that|which"
                    + "|whether|if|when|how|why|we|they|you|he|she|it|is|was|should|must|may)\\b)"
                    + "(?!(?!operating|running|trading|existing)\\w+ing\\b)[\\w'-]+){0,6}? ";
    private static final String BEHIND =
            "(?= ?(?:[.,;:!]|$)| (?:and|for good|for ever|forever|permanently|down|now|immediately|today|completely"
                    + "|offline|out of|to an end|at the end|by the end|because|as|since|please|of the (?:business|company"
                    + "|shop|store|venture|firm)) ?)";
    /** An order begins its clause, but for politeness and for who wants it; what others say or might do is none. */
    private static final String HEAD =
            "(?:^|[.;!,] |\\b(?:and|then|so) )(?:(?:please|kindly|now|ok|okay|right|well|just|then|so|finally|go ahead and|go on and"
                    + "|(?:i|we) (?:want|wish|need|have|would like|'d like)(?: you)? to|(?:i|we)(?:'d| would) like(?: you)? to"
                    + "|(?:i have|i've|we have|we've) (?:now )?decided to|we must|let us|let's|lets|it is time to|it's time to|time to"
                    + "|(?:could|can|will|would) you|you (?:can|may|must|should))[ ,]+)*";

    private static final Pattern SAID = Pattern.compile(
            HEAD + "(?:" + ENDS + ")(?: down| up)?" + BETWEEN + "(?:" + BUSINESS + ")\\b" + BEHIND,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("[\"“„«][^\"”“»]*[\"”“»]?");

    private Destructive() {}

    static boolean is(Intent.Action action) {
        return ACTIONS.contains(action);
    }

    /** Whether the words of a text order it, too. */
    static boolean said(String text) {
        String own = QUOTED.matcher(text).replaceAll("").replaceAll("\\s+", " ").strip();
        return SAID.matcher(own).find();
    }
}
