/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How numbers are printed and handed on. */
final class Numbers {

    private Numbers() {}

    /** With thousands separators and two decimals. */
    static String plain(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }

    /** For the data of an outcome: four decimals. */
    static BigDecimal exact(double value) {
        return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN);
    }

    /** A p-value as papers print it. */
    static String p(double value) {
        return value < 0.01 ? "p < 0.01" : String.format(Locale.ROOT, "p = %.2f", value);
    }
}
