/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Calls on either side of a trial that changes no plug, counted since it began. */
public final class Tallies {

    private static final int GOALS = 1_000;

    private final Side old = new Side();
    private final Side fresh = new Side();
    private final Set<String> goals = new HashSet<>();

    /** One side: all calls and errors, the durations of the last ones. */
    private static final class Side {

        private final long[] nanos = new long[1_024];
        private long calls;
        private long errors;

        void add(long took, boolean failed) {
            nanos[(int) (calls % nanos.length)] = took;
            calls++;
            errors += failed ? 1 : 0;
        }

        Figures figures() {
            long[] sorted = Arrays.copyOf(nanos, (int) Math.min(calls, nanos.length));
            Arrays.sort(sorted);
            return new Figures(calls, errors, millis(sorted, 0.95), millis(sorted, 0.99));
        }

        private static double millis(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
        }
    }

    /** One side, as it stands. */
    public record Figures(long calls, long errors, double p95Millis, double p99Millis) {}

    synchronized void add(boolean onTrial, String bucket, long took, boolean failed) {
        (onTrial ? fresh : old).add(took, failed);
        if (onTrial && goals.size() < GOALS) {
            goals.add(bucket);
        }
    }

    public synchronized Figures old() {
        return old.figures();
    }

    public synchronized Figures fresh() {
        return fresh.figures();
    }

    /** Distinct goals on the new side, counted to 1,000. */
    public synchronized int goals() {
        return goals.size();
    }
}
