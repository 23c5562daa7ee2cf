/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The best so far of one search. */
final class Nearest {

    private final int limit;
    private final PriorityQueue<Found> worstFirst = new PriorityQueue<>();
    private float @Nullable [] scratch;

    private record Found(int number, double score) implements Comparable<Found> {
        @Override
        public int compareTo(Found other) {
            return Double.compare(score, other.score);
        }
    }

    /** Takes what was found. */
    interface Taker {
        void take(int number, double score);
    }

    Nearest(int limit) {
        this.limit = limit;
    }

    float[] scratch(int dimension) {
        float[] place = scratch;
        if (place == null) {
            place = new float[dimension];
            scratch = place;
        }
        return place;
    }

    void offer(int number, double score) {
        Found worst = worstFirst.peek();
        if (worst == null || worstFirst.size() < limit) {
            worstFirst.add(new Found(number, score));
        } else if (score > worst.score()) {
            worstFirst.poll();
            worstFirst.add(new Found(number, score));
        }
    }

    void bestFirst(Taker taker) {
        Found[] all = worstFirst.toArray(Found[]::new);
        java.util.Arrays.sort(all, (a, b) -> b.compareTo(a));
        for (Found found : all) {
            taker.take(found.number(), found.score());
        }
    }
}
