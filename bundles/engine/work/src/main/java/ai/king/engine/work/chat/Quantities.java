/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers that occur in what is known: what a model says may hold these and no others. */
final class Quantities {

    private static final Pattern DATE = Pattern.compile("(?<!\\d)\\d{4}-\\d{2}(?:-\\d{2})?(?!\\d)");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,'\\u00a0\\u202f]\\d+)*");
    private static final Pattern LIST_MARK = Pattern.compile("(?m)^\\s*\\d{1,2}[.)](?=\\s|$)");
    /** Numbers written as words; small ones are part of ordinary prose. */
    private static final Pattern WORD = Pattern.compile(
            "\\b(thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
                    + "|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|doubled?|tripled?|halved|tausend"
                    + "|million(?:en)?|hundert|mil|cien(?:to)?)\\b",
            Pattern.CASE_INSENSITIVE);

    private final Set<String> known = new HashSet<>();

    /** Adds the numbers of a text that was computed or stored. */
    Quantities with(String text) {
        known.addAll(of(text));
        return this;
    }

    /** Whether every number of a text is known. */
    boolean cover(String text) {
        return known.containsAll(of(LIST_MARK.matcher(text).replaceAll(" ")));
    }

    private static Set<String> of(String text) {
        String plain = digits(text);
        Set<String> found = new HashSet<>();
        Matcher dates = DATE.matcher(plain);
        while (dates.find()) {
            found.add(dates.group());
            found.add(dates.group().substring(0, 4));
            found.add(dates.group().substring(0, 7));
        }
        Matcher numbers = NUMBER.matcher(dates.reset().replaceAll(" "));
        while (numbers.find()) {
            found.add(normal(numbers.group()));
        }
        Matcher words = WORD.matcher(plain);
        while (words.find()) {
            found.add(words.group().toLowerCase(Locale.ROOT));
        }
        return found;
    }

    /** Digits of other scripts as ours. */
    private static String digits(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int digit = Character.isDigit(c) ? Character.digit(c, 10) : -1;
            if (digit >= 0) {
                plain.append(digit);
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }

    /** The number without grouping and ending zeros, so that 1,200.50 is 1200.5. */
    private static String normal(String number) {
        String digits = number.matches("\\d{1,3}([,'\\u00a0\\u202f]\\d{3})+(\\.\\d+)?")
                ? number.replaceAll("[,'\\u00a0\\u202f]", "")
                : number.replace(',', '.').replaceAll("['\\u00a0\\u202f]", "");
        if (digits.indexOf('.') != digits.lastIndexOf('.')) {
            return number;
        }
        BigDecimal value = new BigDecimal(digits);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
