/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what a text says that no fact carries: numbers, addresses, markup, and words that promise or judge. */
final class Claims {

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern LIST_NUMBER = Pattern.compile("(?m)^\\s*\\d{1,2}[.)]\\s");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)\\b(?:https?://|www\\.)\\S+|[\\w.+-]+@[\\w-]+\\.[\\w.]+|\\b[\\w-]+\\.(?:com|net|org|shop|io|example)\\b");
    private static final Pattern MARKUP = Pattern.compile("<[^>]*>?|\\]\\(|[\\p{Cf}\\p{Co}\\p{Cn}]");
    private static final Pattern PROMISE = Pattern.compile(
            "(?i)\\b(?:best|cheapest|finest|leading|number one|unique|guarantee\\w*|warrant\\w*|certifi\\w*|approved|award\\w*|patented|clinical\\w*|"
                    + "scientific\\w*|proven|tested|vet(?:s|erinar\\w*)?|doctors?|experts?|organic|natural|vegan|sustainable|eco\\w*|recycl\\w*|biodegradable|"
                    + "hypoallergenic|safe|healthy|cures?|heals?|prevents?|free|discount\\w*|sale|off|limited|shipping|delivery|returns?|refund\\w*|handmade|"
                    + "local(?:ly)?|made in|customers? love|reviews?|rated|stars?|popular|bestsell\\w*|exclusive\\w*|waterproof|durable|premium|"
                    + "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|half|double|twice|percent)\\b");

    private Claims() {}

    /** What of the text stands in none of the facts, in the words of the text. */
    static List<String> unsupported(String text, List<String> facts) {
        String known = String.join("\n", facts).toLowerCase(Locale.ROOT);
        Set<BigDecimal> numbers = numbers(known);
        List<String> found = new ArrayList<>();
        String unnumbered = LIST_NUMBER.matcher(text).replaceAll("");
        NUMBER.matcher(unnumbered)
                .results()
                .map(MatchResult::group)
                .filter(number -> !numbers.contains(value(number)))
                .forEach(found::add);
        for (Pattern pattern : List.of(ADDRESS, MARKUP, PROMISE)) {
            pattern.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .filter(word -> !known.contains(word.toLowerCase(Locale.ROOT)))
                    .forEach(found::add);
        }
        return found.stream().distinct().toList();
    }

    private static Set<BigDecimal> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(match -> value(match.group()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** A comma before three digits groups, another one is decimal. */
    private static BigDecimal value(String number) {
        String plain = number.replaceAll(",(?=\\d{3}(?:\\D|$))", "").replace(',', '.');
        int last = plain.lastIndexOf('.');
        String one = last < 0 ? plain : plain.substring(0, last).replace(".", "") + plain.substring(last);
        return new BigDecimal(one).stripTrailingZeros();
    }
}
