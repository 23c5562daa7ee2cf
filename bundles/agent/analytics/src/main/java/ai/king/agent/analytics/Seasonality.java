/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.hipparchus.stat.inference.OneWayAnova;

/** How revenue depends on the month and the day of the week: mean by group over the whole, tested by analysis of variance. */
final class Seasonality implements Analysis {

    private static final String HEADING = "Seasons";
    private static final int LEAST_DAYS = 56;

    @Override
    public Finding of(Book book) {
        SortedMap<LocalDate, Double> days = book.daily(Book.Order::value);
        if (days.size() < LEAST_DAYS) {
            return Finding.noData(HEADING, "orders (at least " + LEAST_DAYS + " days)");
        }
        Season week = season(
                days, LocalDate::getDayOfWeek, day -> Enum.valueOf(DayOfWeek.class, day), DayOfWeek.values().length);
        Season year =
                season(days, LocalDate::getMonth, month -> Enum.valueOf(Month.class, month), Month.values().length);
        List<Source> sources = List.of(
                book.source(
                        "orders",
                        "status completed",
                        book.orders().stream().filter(Book.Order::completed).count()),
                new Source.Formula(
                        "index = mean revenue of the group's days / mean revenue of all days; p-value by one-way"
                                + " analysis of variance"));
        List<Report.Block> blocks = new ArrayList<>();
        Map<String, Object> data = new LinkedHashMap<>();
        add("day of the week", "weekday", week, sources, blocks, data);
        if (days.firstKey().plusYears(1).isAfter(days.lastKey())) {
            blocks.add(new Report.Text("The records cover less than a year: no season by month.", List.of()));
        } else {
            add("month", "month", year, sources, blocks, data);
        }
        return new Finding(new Report.Section(HEADING, blocks), Map.of("seasonality", data), List.of());
    }

    private static void add(
            String what,
            String key,
            Season season,
            List<Source> sources,
            List<Report.Block> blocks,
            Map<String, Object> data) {
        boolean sure = season.p() < 0.05;
        String text = sure
                ? "Revenue depends on the " + what + ": best " + season.best() + " ("
                        + Numbers.plain(season.index().getOrDefault(season.best(), 1.0))
                        + " of the mean), weakest " + season.worst() + " ("
                        + Numbers.plain(season.index().getOrDefault(season.worst(), 1.0)) + "), "
                        + Numbers.p(season.p()) + "."
                : "Revenue does not visibly depend on the " + what + " (" + Numbers.p(season.p()) + ").";
        blocks.add(new Report.Text(text, sources));
        blocks.add(new Report.Chart(
                "Revenue by " + what + ", 1 = mean",
                Report.Chart.Kind.BAR,
                List.copyOf(season.index().keySet()),
                List.of(new Report.Series("index", List.copyOf(season.index().values()), List.of(), List.of())),
                "",
                sources));
        Map<String, Object> index = new LinkedHashMap<>();
        season.index().forEach((group, value) -> index.put(group, Numbers.exact(value)));
        data.put(key, Map.of("index", index, "p", Numbers.exact(season.p()), "significant", sure));
    }

    private record Season(Map<String, Double> index, double p, String best, String worst) {}

    private static <G extends Enum<G>> Season season(
            SortedMap<LocalDate, Double> days, Function<LocalDate, G> group, Function<String, G> parse, int groups) {
        TreeMap<G, List<Double>> samples = new TreeMap<>();
        days.forEach((day, value) -> samples.computeIfAbsent(group.apply(day), unused -> new ArrayList<>())
                .add(value));
        double mean = days.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        Map<String, Double> index = new LinkedHashMap<>();
        String best = "";
        String worst = "";
        for (Map.Entry<G, List<Double>> entry : samples.entrySet()) {
            String label = entry.getKey().name().toLowerCase(Locale.ROOT);
            double value = mean == 0
                    ? 0
                    : entry.getValue().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .average()
                                    .orElse(0)
                            / mean;
            index.put(label, value);
            best = best.isEmpty() || value > index.getOrDefault(best, 0.0) ? label : best;
            worst = worst.isEmpty() || value < index.getOrDefault(worst, 0.0) ? label : worst;
        }
        List<double[]> arrays = samples.values().stream()
                .filter(list -> list.size() > 1)
                .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
                .toList();
        double p = arrays.size() < 2 || arrays.size() > groups ? 1 : new OneWayAnova().anovaPValue(arrays);
        return new Season(index, p, best, worst);
    }
}
