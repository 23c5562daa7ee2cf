/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.tool.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Money in JSON: the amount is a string, so that no reader makes a floating point number of it. */
public record Cash(String amount, String currency) {

    static Cash of(Money money) {
        return new Cash(money.amount().toPlainString(), money.currency());
    }

    static @Nullable Cash of(@Nullable BigDecimal amount, @Nullable String currency) {
        return amount == null || currency == null ? null : new Cash(amount.toPlainString(), currency);
    }
}
