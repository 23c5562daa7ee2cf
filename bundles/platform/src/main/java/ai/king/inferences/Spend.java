/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inferences;

import ai.king.store.Row;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What one payer or one backend has used of models on one UTC day. For a payer it holds what is leased, too: a block is
 * charged before it is used, and what is left of it comes off again.
 *
 * @param id {@link #id(String, LocalDate)}
 * @param scope {@code business:<id>}, {@code platform} for calls of no business, or {@code backend:<name>}
 * @param tokens of prompts and answers
 * @param money in the currency of the backends' costs
 * @param warned whether it was told that most of the budget is used
 */
public record Spend(String id, String scope, LocalDate day, long tokens, BigDecimal money, boolean warned, long version)
        implements Row {

    /** One row a scope and day. */
    public static String id(String scope, LocalDate day) {
        return scope + "|" + day;
    }

    /** The row of a scope that has used nothing. */
    public static Spend none(String scope, LocalDate day) {
        return new Spend(id(scope, day), scope, day, 0, BigDecimal.ZERO, false, 0);
    }

    public Spend plus(long moreTokens, BigDecimal moreMoney) {
        return new Spend(id, scope, day, tokens + moreTokens, money.add(moreMoney), warned, version);
    }

    /** The same, told about. */
    public Spend told() {
        return new Spend(id, scope, day, tokens, money, true, version);
    }
}
