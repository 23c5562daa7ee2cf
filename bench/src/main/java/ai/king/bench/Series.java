/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The rounds of one thing that is measured; what is told of them is the median over the rounds. */
final class Series {

    private final List<Times> rounds = new ArrayList<>();

    /** A new round. */
    Times round() {
        Times times = new Times();
        rounds.add(times);
        return times;
    }

    Times last() {
        return rounds.get(rounds.size() - 1);
    }

    double median() {
        return over(Times::median);
    }

    double p99() {
        return over(Times::p99);
    }

    private double over(ToDoubleFunction<Times> figure) {
        return middle(rounds.stream().mapToDouble(figure).toArray());
    }

    /** Ours by theirs in each round; the median of those. */
    double ratio(Series peer, ToDoubleFunction<Times> figure) {
        double[] ratios = new double[Math.min(rounds.size(), peer.rounds.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(peer.rounds.get(i));
        }
        return middle(ratios);
    }

    /** Median and 99th percentile as the table shows them. */
    String text() {
        return Times.text(median()) + ", " + Times.text(p99());
    }

    static double middle(double... values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2fx", ratio);
    }
}
