/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words and sentences of a text, and what of a foreign text may stand in ours. */
final class Text {

    private static final int LONGEST_NAME = 120;

    private Text() {}

    /** One line without hidden, control and markup characters: what stands in the data is shown as plain text. */
    static String plain(String foreign) {
        String line = foreign.replaceAll("[\\p{Cc}\\s]+", " ")
                .replaceAll("[\\p{C}<>`\\[\\]{}|*#\\\\]", "")
                .replaceAll(" {2,}", " ")
                .trim();
        return line.length() <= LONGEST_NAME ? line : cut(line, LONGEST_NAME);
    }

    /** At most so many characters, ended after a whole word where there is one. */
    static String cut(String line, int most) {
        if (line.length() <= most) {
            return line;
        }
        int space = line.lastIndexOf(' ', most);
        return (space > 0 ? line.substring(0, space) : line.substring(0, most)).replaceAll("[\\s,;:|–-]+$", "");
    }

    static List<String> words(String text) {
        return pieces(BreakIterator.getWordInstance(Locale.ENGLISH), text).stream()
                .filter(piece -> piece.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        text.lines()
                .map(line -> line.replaceFirst("^[-*#>\\s]+", ""))
                .forEach(line -> sentences.addAll(pieces(BreakIterator.getSentenceInstance(Locale.ENGLISH), line)));
        return sentences.stream()
                .filter(piece -> piece.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    private static List<String> pieces(BreakIterator breaks, String text) {
        List<String> pieces = new ArrayList<>();
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }

    /** How often a phrase stands in a text as whole words, whatever the case. */
    static int count(String text, String phrase) {
        if (phrase.isBlank()) {
            return 0;
        }
        return (int) Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(phrase.trim()) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .results()
                .count();
    }

    static boolean has(String text, String phrase) {
        return count(text, phrase) > 0;
    }

    /** Of heads followed by some of the parts, in order, the first that is long enough and not too long; else the longest that fits. */
    static String fit(String head, List<String> parts, int least, int most) {
        String best = cut(head, most);
        for (int chosen = 0; chosen < 1 << parts.size(); chosen++) {
            StringBuilder line = new StringBuilder(head);
            for (int i = 0; i < parts.size(); i++) {
                if ((chosen & 1 << i) != 0) {
                    line.append(parts.get(i));
                }
            }
            if (line.length() <= most && line.length() > best.length()) {
                best = line.toString();
            }
            if (best.length() >= least) {
                return best;
            }
        }
        return best;
    }
}
