/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A price as a result prints it.
 *
 * @param currency ISO code where the print is unambiguous; {@code $} stays what it is: many countries print it
 */
record Price(BigDecimal amount, String currency) {

    private static final String SIGN = "US\\$|CA?\\$|AU?\\$|[$€£]|\\b(?:USD|EUR|GBP|CAD|AUD|CHF)\\b";
    private static final String AMOUNT =
            "(\\d{1,3}(?:[.,' ]\\d{3})+(?:[.,]\\d{1,2})?|\\d{1,9}(?:[.,]\\d{1,2})?)(?![\\d%])";
    private static final Pattern PRINTED =
            Pattern.compile("(?<!\\p{L})(" + SIGN + ")\\s?" + AMOUNT + "|(?<![\\d.,])" + AMOUNT + "\\s?(" + SIGN + ")");

    /** The first price in a text. */
    static Optional<Price> in(String text) {
        Matcher found = PRINTED.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        boolean before = found.group(1) != null;
        String amount = before ? found.group(2) : found.group(3);
        return Optional.of(new Price(amount(amount), currency(before ? found.group(1) : found.group(4))));
    }

    /** The last sign before one or two digits parts the cents, every other sign thousands. */
    private static BigDecimal amount(String printed) {
        String plain = printed.replaceAll("[' ]", "");
        return new BigDecimal(plain.replaceFirst("[.,](\\d{1,2})$", "#$1")
                .replaceAll("[.,]", "")
                .replace('#', '.'));
    }

    private static String currency(String sign) {
        return switch (sign) {
            case "€" -> "EUR";
            case "£" -> "GBP";
            case "US$" -> "USD";
            case "C$", "CA$" -> "CAD";
            case "A$", "AU$" -> "AUD";
            default -> sign;
        };
    }
}
