/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Document;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A paragraph of a document, white space squeezed. */
record Passage(Document document, String text) {

    /** Media type of text that was found on the web; the id of such a document is its address. */
    static final String WEB = "text/html; from=web";

    private static final int LONGEST = 600;
    private static final int SHORTEST = 25;
    private static final Pattern HEAD =
            Pattern.compile("^(Dear|Hello|Hi)\\b.{0,60}$|^(From|To|Cc|Date|Subject):.*\\b(From|To|Subject|Date):");
    private static final Pattern ORDERS =
            Pattern.compile("(?i)\\b(ignore|disregard|forget)\\b.{0,40}\\b(instructions?|rules?|approval)|"
                    + "\\b(assistants?|ai|agents?|systems?|automated)\\b.{0,60}\\b(must|should|please|shall|now)\\b.{0,60}\\b(approve|pay|increase|raise|transfer|"
                    + "send|ignore|skip)|\\b(system prompt|without (asking|approval|further approval))\\b");

    static List<Passage> of(Document document, String text) {
        List<Passage> passages = new ArrayList<>();
        for (String paragraph : text.split("\\R\\s*\\R|\\R(?=[-*|#] ?)")) {
            String squeezed = paragraph
                    .replaceAll("[|#*`>]+", " ")
                    .replaceAll("\\s+", " ")
                    .trim();
            if (says(squeezed)) {
                passages.add(new Passage(
                        document, squeezed.length() <= LONGEST ? squeezed : squeezed.substring(0, LONGEST) + "…"));
            }
        }
        return passages;
    }

    /** Headings, greetings and the head of a mail say nothing that could answer a question. */
    private static boolean says(String text) {
        boolean sentence = text.length() >= SHORTEST && (text.matches(".*[.!?:;].*") || text.matches(".*\\d.*"));
        return sentence && !HEAD.matcher(text).find();
    }

    boolean givesOrders() {
        return givesOrders(text);
    }

    static boolean givesOrders(String text) {
        return ORDERS.matcher(text).find();
    }

    Source source() {
        return document.mediaType().equals(WEB)
                ? new Source.Web(document.id(), document.name())
                : new Source.Passage(document.id(), document.name(), text);
    }
}
