/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Records;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.stat.descriptive.rank.Median;

/** Days far from the median of the same weekday around them, and days that were not measured. */
final class OddDays {

    private static final int WEEKS = 8;
    private static final double TO_SIGMA = 1.4826;

    private final double score;

    OddDays(double score) {
        this.score = score;
    }

    List<Anomalies.Oddity> in(Book book) {
        List<Anomalies.Oddity> found = new ArrayList<>();
        outliers(book.daily(order -> 1), median -> Math.sqrt(Math.max(median, 1)))
                .forEach((day, usual) -> {
                    long count = book.orders().stream()
                            .filter(order -> order.day().equals(day))
                            .count();
                    found.add(new Anomalies.Oddity(
                            "odd_day",
                            day.toString(),
                            count + " orders where " + Math.round(usual) + " are usual" + mainly(book, day),
                            book.source("orders", "date " + day, count)));
                });
        Records metrics = book.table("metrics");
        TreeMap<LocalDate, Double> bounce = new TreeMap<>();
        metrics.lines().forEach(line -> bounce.put(line.date("date"), line.number("bounce_rate")));
        outliers(bounce, median -> median / 50)
                .forEach((day, usual) -> found.add(new Anomalies.Oddity(
                        "odd_day",
                        day.toString(),
                        "bounce rate " + Numbers.plain(bounce.getOrDefault(day, Double.NaN)) + " % where "
                                + Numbers.plain(usual) + " % is usual",
                        metrics.source("date " + day, 1))));
        if (!bounce.isEmpty()) {
            for (LocalDate day = bounce.firstKey(); day.isBefore(bounce.lastKey()); day = day.plusDays(1)) {
                if (!bounce.containsKey(day)) {
                    found.add(new Anomalies.Oddity(
                            "not_measured",
                            day.toString(),
                            "no metrics for this day",
                            metrics.source("date " + day, 0)));
                }
            }
        }
        return found;
    }

    /** The article that makes most of a day, when it makes more than half of it. */
    private static String mainly(Book book, LocalDate day) {
        Map<String, Long> bySku = new TreeMap<>();
        book.orders().stream()
                .filter(order -> order.day().equals(day))
                .forEach(order -> bySku.merge(order.sku(), 1L, Long::sum));
        long all = bySku.values().stream().mapToLong(Long::longValue).sum();
        return bySku.entrySet().stream()
                .filter(entry -> entry.getValue() * 2 > all)
                .map(entry -> ", mostly " + entry.getKey() + " (" + entry.getValue() + ")")
                .findFirst()
                .orElse("");
    }

    /**
     * Odd days with what is usual for them.
     *
     * @param least the smallest spread by median, so that a series that hardly moves is not odd at every step: for counts
     *     that of a Poisson variable, for rates a fiftieth
     */
    private SortedMap<LocalDate, Double> outliers(SortedMap<LocalDate, Double> days, DoubleUnaryOperator least) {
        TreeMap<LocalDate, Double> odd = new TreeMap<>();
        days.forEach((day, value) -> {
            double[] near = days
                    .subMap(day.minusWeeks(WEEKS), day.plusWeeks(WEEKS).plusDays(1))
                    .entrySet()
                    .stream()
                    .filter(entry -> ChronoUnit.DAYS.between(day, entry.getKey()) % 7 == 0
                            && !entry.getKey().equals(day))
                    .mapToDouble(Map.Entry::getValue)
                    .toArray();
            if (near.length >= WEEKS) {
                double median = new Median().evaluate(near);
                double[] distances = new double[near.length];
                for (int i = 0; i < near.length; i++) {
                    distances[i] = Math.abs(near[i] - median);
                }
                double spread = Math.max(TO_SIGMA * new Median().evaluate(distances), least.applyAsDouble(median));
                if (Math.abs(value - median) > score * spread) {
                    odd.put(day, median);
                }
            }
        });
        return odd;
    }
}
