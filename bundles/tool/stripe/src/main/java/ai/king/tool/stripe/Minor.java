/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.stripe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;

/** Amounts as Stripe writes them: whole numbers of the smallest unit (docs.stripe.com/currencies). */
final class Minor {

    private static final Set<String> NONE = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THREE = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private Minor() {}

    /** Throws {@link IllegalArgumentException} for an amount that the currency does not have. */
    static long of(String amount, String currency) {
        BigDecimal given = new BigDecimal(amount);
        int digits = digits(currency);
        try {
            long minor = given.setScale(digits, RoundingMode.UNNECESSARY)
                    .movePointRight(digits)
                    .longValueExact();
            if (minor <= 0 || digits == 3 && minor % 10 != 0) {
                throw new ArithmeticException();
            }
            return minor;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(amount + " is no amount of " + currency);
        }
    }

    static String text(long minor, String currency) {
        return BigDecimal.valueOf(minor, digits(currency)).toPlainString();
    }

    private static int digits(String currency) {
        String code = currency.toUpperCase(Locale.ROOT);
        return NONE.contains(code) ? 0 : THREE.contains(code) ? 3 : 2;
    }
}
