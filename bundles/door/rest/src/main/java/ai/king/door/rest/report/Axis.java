/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The scale of values: round marks that hold all values.
 *
 * @param step distance of two marks
 */
record Axis(double low, double high, double step) {

    private static final int MARKS = 5;

    /** An axis over the values; bars start at zero, and lines do where zero is not far away. */
    static Axis over(double least, double most, boolean fromZero) {
        double low = fromZero || least > 0 && least < most / 2 ? Math.min(0, least) : least;
        double high = fromZero ? Math.max(0, most) : most;
        if (high - low < 1e-9) {
            high = low + Math.max(1, Math.abs(low));
        }
        double step = round((high - low) / MARKS);
        return new Axis(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
    }

    /** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
    private static double round(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (raw <= factor * power * (1 + 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (int i = 0; low + i * step <= high + step / 1000; i++) {
            marks.add(low + i * step);
        }
        return marks;
    }

    /** Where a value lies, 0 at the low end and 1 at the high end. */
    double share(double value) {
        return (value - low) / (high - low);
    }

    /** A value as it stands beside its mark. */
    String label(double value) {
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (size >= 10_000) {
            return trim(String.format(Locale.ROOT, "%.1f", value / 1000)) + "k";
        }
        return trim(String.format(Locale.ROOT, step >= 1 ? "%.1f" : "%.3f", value));
    }

    private static String trim(String number) {
        String cut = number.contains(".") ? number.replaceAll("0+$", "").replaceAll("[.]$", "") : number;
        return cut.equals("-0") ? "0" : cut;
    }
}
