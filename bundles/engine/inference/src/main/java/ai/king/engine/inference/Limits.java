/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What a payer may use of models on a UTC day. */
final class Limits {

    private final Limit all;
    private final Map<String, Limit> own = new HashMap<>();

    /** Tokens, and money in the currency of the backends' costs. */
    record Limit(long tokens, BigDecimal money) {}

    /**
     * @param own limits of their own, each {@code <business id>=<tokens>,<money>}, separated by semicolons
     */
    Limits(long tokens, BigDecimal money, String own) {
        all = checked(new Limit(tokens, money), "the day's budget");
        for (String line : own.isBlank() ? new String[0] : own.split(";")) {
            String[] parts = line.split("[=,]");
            if (parts.length != 3) {
                throw new IllegalArgumentException("budgets: " + line + " is not <business id>=<tokens>,<money>");
            }
            this.own.put(
                    "business:" + parts[0].strip(),
                    checked(new Limit(Long.parseLong(parts[1].strip()), new BigDecimal(parts[2].strip())), line));
        }
    }

    private static Limit checked(Limit limit, String line) {
        if (limit.tokens() < 0 || limit.money().signum() < 0) {
            throw new IllegalArgumentException(line + ": a budget is not below zero");
        }
        return limit;
    }

    Limit of(String payer) {
        return own.getOrDefault(payer, all);
    }
}
