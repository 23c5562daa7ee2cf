/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An amount of money.
 *
 * @param amount any scale; never a floating point number
 * @param currency ISO 4217 code, three upper-case letters
 */
public record Money(BigDecimal amount, String currency) {

    public Money {
        Objects.requireNonNull(amount, "amount");
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency must be three upper-case letters: " + currency);
        }
    }

    /** Parses a decimal; throws {@link NumberFormatException} when it is none. */
    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }
}
