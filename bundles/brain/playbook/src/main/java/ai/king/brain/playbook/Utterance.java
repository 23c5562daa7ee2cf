/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the words of a text say beside its meaning: whether it asks, whether it denies, and the things it names. */
final class Utterance {

    /** A model of sentences reads about 250 words at once; more only blurs the meaning. */
    private static final int WHOLE = 1_500;

    private static final int SENTENCES = 12;
    private static final int SHORTEST = 12;
    private static final int TELLING_WORDS = 3;

    private static final Pattern END = Pattern.compile("(?<=[.!?;:])\\s+|\\R+");
    private static final Pattern DENIAL = Pattern.compile(
            "\\b(not|never|no|don'?t|doesn'?t|didn'?t|won'?t|shouldn'?t|without|instead|neither|nor|avoid|unless|if|"
                    + "before|rather than|keep|nobody|none|nothing|hardly|whether|refuse|refrain|prevent|undo|revoke|postpone|"
                    + "delay|hold off|rethink|reconsider|forget|in case|once|as soon as|whenever|until|imagine|suppose)\\b|n[’']t\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern QUESTION = Pattern.compile(
            "^\\s*(who|what|when|where|why|which|how|is|are|am|was|were|do(?! (?:a|an|some|the|your|not|it|this|that|my|our)\\b)|does|did|should|shall|would|could|can|will|may|might|has|have|had)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REQUEST =
            Pattern.compile("^\\s*(could|would|can|will) you\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TELLING =
            Pattern.compile("^\\s*(please )?(show|tell|list|give)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern PERIOD = Pattern.compile(
            "\\b((?:next|last|this|coming|current|previous) (?:\\w+ )?(?:day|week|month|quarter|half|year|season)s?"
                    + "|Q[1-4](?: \\d{4})?)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AMOUNT = Pattern.compile(
            "([$€£])\\s?(\\d[\\d,]*(?:\\.\\d+)?)|(\\d[\\d,]*(?:\\.\\d+)?)\\s?(dollars?|euros?|pounds?|USD|EUR|GBP)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("[\"“]([^\"”]{1,80})[\"”]");
    private static final Map<String, String> CURRENCY =
            Map.of("$", "USD", "€", "EUR", "£", "GBP", "dollar", "USD", "euro", "EUR", "pound", "GBP");

    private final String text;

    Utterance(String text) {
        this.text = text.strip();
    }

    /** The text as far as one vector can stand for it. */
    String whole() {
        return text.length() <= WHOLE ? text : text.substring(0, WHOLE);
    }

    /** Its first sentences, in order, when there is more than one. */
    List<String> sentences() {
        List<String> all = Arrays.stream(END.split(text))
                .map(String::strip)
                .filter(sentence -> sentence.length() >= SHORTEST)
                .limit(SENTENCES)
                .map(sentence -> new Utterance(sentence).whole())
                .toList();
        return all.size() == 1 && all.get(0).equals(whole()) ? List.of() : all;
    }

    /** Whether somebody wants to know rather than to have done. */
    boolean asks() {
        return text.endsWith("?") || QUESTION.matcher(text).find();
    }

    /** Whether an order is put as a question, or a question as an order, so that only the meaning can tell. */
    boolean polite() {
        return REQUEST.matcher(text).find() || TELLING.matcher(text).find();
    }

    /** Whether a word turns the meaning round or makes it depend on something; vectors hardly see such words. */
    boolean denies() {
        return DENIAL.matcher(text).find();
    }

    /** Whether it reaches for what no wish may touch: rules, votes, secrets, roles, other people's machines. */
    boolean overreaches() {
        return Overreach.in(text);
    }

    /** Whether there are too few words to tell much from. */
    boolean terse() {
        return text.split("\\s+").length < TELLING_WORDS;
    }

    /** Whether the words themselves order the end of the business. */
    boolean ends() {
        return Destructive.said(text);
    }

    /** Period, amount with currency and quoted name, as far as the text says them. */
    Map<String, String> parameters() {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher period = PERIOD.matcher(text);
        if (period.find()) {
            found.put("period", period.group(1).toLowerCase(Locale.ROOT));
        }
        Matcher amount = AMOUNT.matcher(text);
        if (amount.find()) {
            String unit = amount.group(1) != null ? amount.group(1) : amount.group(4);
            String figure = amount.group(2) != null ? amount.group(2) : amount.group(3);
            found.put("amount", figure.replace(",", ""));
            found.put("currency", currency(unit));
        }
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.find()) {
            found.put("name", quoted.group(1));
        }
        return Map.copyOf(found);
    }

    private static String currency(String unit) {
        String singular = unit.toLowerCase(Locale.ROOT).replaceFirst("s$", "");
        return CURRENCY.getOrDefault(singular, unit.toUpperCase(Locale.ROOT));
    }
}
