/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.Document;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document as sentences that can be quoted: marks of layout and invisible characters gone, white space squeezed.
 *
 * @param title its first heading, else its first line; empty for an empty document
 * @param sentences what counts as evidence
 * @param orders sentences that speak to the reader as if they could give orders; shown, never evidence
 * @param cardNumber whether a number stands in it that is a valid card number; it is left out of every sentence
 */
record Paper(Document document, String title, List<String> sentences, List<String> orders, boolean cardNumber) {

    /** Longer texts are cut here: what follows was not read, and the agent says so. */
    static final int MOST_CHARACTERS = 400_000;

    private static final int LONGEST = 600;
    private static final int SHORTEST = 20;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Co}\\p{Cn}&&[^\\n\\r\\t]]");
    private static final Pattern MAIL_HEAD = Pattern.compile("^(From|To|Cc|Date|Subject): .*");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?;])\\s+(?=[\\p{Lu}\\p{N}\"“])");
    private static final Pattern CARD = Pattern.compile("(?<![\\w.-])\\d(?:[ -]?\\d){12,18}(?![\\w-])");
    private static final Pattern ORDERS = Pattern.compile(
            "(?i)\\b(ignore|disregard|forget|override)\\b.{0,60}\\b(instructions?|rules?|approval|checks?)\\b|"
                    + "\\b(assistants?|ai|agents?|systems?|models?|reviewers?|automated)\\b.{0,80}\\b(must|should|please|shall|now|approve|rate|score"
                    + "|report|mark)\\b.{0,80}\\b(approve|pay|increase|raise|transfer|send|ignore|skip|compliant|excellent|pass|100)\\b|"
                    + "\\b(system prompt|without (asking|further approval))\\b");

    static Paper of(Document document, String text) {
        String visible = visible(text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS));
        List<String> sentences = new ArrayList<>();
        List<String> orders = new ArrayList<>();
        for (String block : blocks(visible)) {
            for (String sentence : sentences(squeezed(block))) {
                String shown = shown(sentence);
                if (ORDERS.matcher(sentence).find()) {
                    orders.add(shown);
                } else if (!shown.isEmpty()) {
                    sentences.add(shown);
                }
            }
        }
        return new Paper(
                document,
                title(visible),
                List.copyOf(sentences),
                List.copyOf(orders),
                card(visible).isPresent());
    }

    private static String visible(String text) {
        return INVISIBLE.matcher(text).replaceAll("").replace("\r\n", "\n").replace('\r', '\n');
    }

    /** White space and marks of layout made one blank, as quotes are compared. */
    static String squeezed(String text) {
        return INVISIBLE
                .matcher(text)
                .replaceAll("")
                .replaceAll("[|#*`>]+", " ")
                .replaceAll("\\s+", " ")
                .trim();
    }

    private static String title(String text) {
        return text.lines()
                .map(Paper::squeezed)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(Paper::shown)
                .orElse("");
    }

    /** Paragraphs, list items and table rows; headings and the head of a mail are no text. */
    private static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        for (String raw : text.split("\n")) {
            String line = raw.trim();
            boolean aside = line.startsWith("#") || MAIL_HEAD.matcher(line).matches();
            if (line.isEmpty() || aside || line.matches("(?:[-*|]|\\d{1,2}[.)] ).*")) {
                blocks.add(block.toString());
                block.setLength(0);
            }
            if (!aside) {
                block.append(line.replaceFirst("^[-*•] +", "")).append(' ');
            }
        }
        blocks.add(block.toString());
        return blocks;
    }

    private static List<String> sentences(String block) {
        List<String> sentences = new ArrayList<>();
        String open = "";
        for (String piece : SENTENCE_END.split(block)) {
            String sentence = open.isEmpty() ? piece : open + " " + piece;
            // "1. Orders." belongs to what it introduces.
            open = sentence.length() < SHORTEST ? sentence : "";
            if (open.isEmpty()) {
                sentences.add(sentence);
            }
        }
        if (open.chars().anyMatch(Character::isLetter)) {
            sentences.add(open);
        }
        return sentences;
    }

    /** A sentence as it may be shown: never with a card number, never endless. */
    private static String shown(String sentence) {
        String safe = card(sentence).map(at -> sentence.substring(0, at).trim()).orElse(sentence);
        boolean letters = safe.chars().anyMatch(Character::isLetter);
        return !letters ? "" : safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
    }

    private static Optional<Integer> card(String text) {
        Matcher matcher = CARD.matcher(text);
        while (matcher.find()) {
            if (luhn(matcher.group().replaceAll("\\D", ""))) {
                return Optional.of(matcher.start());
            }
        }
        return Optional.empty();
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0 && digits.chars().anyMatch(digit -> digit != '0');
    }

    boolean isEmpty() {
        return sentences.isEmpty();
    }

    Optional<String> first(Pattern pattern) {
        return sentences.stream()
                .filter(sentence -> pattern.matcher(sentence).find())
                .findFirst();
    }

    /** Its name and title, lower case: what it claims to be. */
    String label() {
        return (document.name() + " " + title).toLowerCase(Locale.ROOT);
    }

    Source quote(String words) {
        return new Source.Passage(document.id(), document.name(), words);
    }
}
