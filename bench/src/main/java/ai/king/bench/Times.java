/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.util.Arrays;
import java.util.Locale;

/** How long each of many equal things took, in nanoseconds; for many threads. */
final class Times {

    private long[] nanos = new long[1024];
    private int size;

    synchronized void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    synchronized int size() {
        return size;
    }

    double median() {
        return percentile(0.5);
    }

    double p99() {
        return percentile(0.99);
    }

    /** The smallest value that at least this share does not exceed. */
    synchronized double percentile(double share) {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)];
    }

    /** Nanoseconds with a unit that reads well. */
    static String text(double nanos) {
        if (nanos >= 1e9) {
            return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
        }
        if (nanos >= 1e6) {
            return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, nanos >= 1e4 ? "%.1f us" : "%.2f us", nanos / 1e3);
    }

    @Override
    public String toString() {
        return "n=" + size() + " p50=" + text(median()) + " p99=" + text(p99());
    }
}
