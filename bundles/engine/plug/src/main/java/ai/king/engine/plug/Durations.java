/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A distribution of durations from one microsecond to hours: eight bins for each power of two, so a quantile is right to
 * about six percent. Adding is one atomic increment.
 */
final class Durations {

    private static final int BITS = 3;
    private static final int PER_OCTAVE = 1 << BITS;
    private static final int BINS = 36 * PER_OCTAVE;

    private final AtomicLongArray bins = new AtomicLongArray(BINS);

    void add(long nanos) {
        bins.incrementAndGet(bin(Math.max(0, nanos) / 1_000));
    }

    /** The duration in milliseconds that this share (0 to 1) of the durations stays under; 0 when there are none. */
    double quantileMillis(double share) {
        long[] counts = new long[BINS];
        long total = 0;
        for (int i = 0; i < BINS; i++) {
            counts[i] = bins.get(i);
            total += counts[i];
        }
        if (total == 0) {
            return 0;
        }
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        int bin = 0;
        while (bin < BINS - 1 && seen + counts[bin] < rank) {
            seen += counts[bin++];
        }
        return (lower(bin) + lower(bin + 1)) / 2.0 / 1_000;
    }

    private static int bin(long micros) {
        if (micros < PER_OCTAVE) {
            return (int) micros;
        }
        int octave = 63 - Long.numberOfLeadingZeros(micros);
        int within = (int) (micros >>> (octave - BITS)) & (PER_OCTAVE - 1);
        return Math.min((octave - BITS + 1) * PER_OCTAVE + within, BINS - 1);
    }

    private static long lower(int bin) {
        if (bin < PER_OCTAVE) {
            return bin;
        }
        int octave = bin / PER_OCTAVE + BITS - 1;
        return (long) (PER_OCTAVE + bin % PER_OCTAVE) << (octave - BITS);
    }
}
