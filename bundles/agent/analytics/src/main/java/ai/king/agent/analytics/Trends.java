/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/**
 * Whether revenue and orders grow once the yearly season is taken out: ordinary least squares over full weeks with a linear
 * trend and two pairs of yearly sine and cosine.
 */
final class Trends implements Analysis {

    private static final String HEADING = "Trends";
    private static final int LEAST_WEEKS = 60;
    private static final double YEAR = 365.25 / 7;

    @Override
    public Finding of(Book book) {
        if (book.orders().isEmpty()) {
            return Finding.noData(HEADING, "orders");
        }
        Trend revenue = trend(weekly(book, Book.Order::value));
        Trend orders = trend(weekly(book, order -> 1));
        if (revenue.weeks().size() < LEAST_WEEKS) {
            String text =
                    "No trend: it takes " + LEAST_WEEKS + " full weeks of orders to tell growth from season, there are "
                            + revenue.weeks().size() + ".";
            return new Finding(
                    new Report.Section(HEADING, List.of(new Report.Text(text, List.of()))),
                    Map.of("trend", "no_data"),
                    List.of());
        }
        List<Source> sources = List.of(
                book.source(
                        "orders",
                        "status completed, full weeks",
                        book.orders().stream().filter(Book.Order::completed).count()),
                new Source.Formula(
                        "weekly sum = a + b x week + two yearly harmonics, ordinary least squares; the trend is b,"
                                + " its p-value by the t distribution"));
        Report.Chart chart = new Report.Chart(
                "Revenue by week and its trend",
                Report.Chart.Kind.LINE,
                revenue.weeks().stream().map(LocalDate::toString).toList(),
                List.of(series("revenue", revenue.values()), series("trend and season", revenue.fitted())),
                book.currency(),
                sources);
        return new Finding(
                new Report.Section(
                        HEADING,
                        List.of(
                                sentence("revenue", book.currency(), revenue, sources),
                                sentence("number of orders", "", orders, sources),
                                chart)),
                Map.of("trend", Map.of("revenue", revenue.data(), "orders", orders.data())),
                List.of());
    }

    private static Report.Series series(String name, List<Double> values) {
        return new Report.Series(name, values, List.of(), List.of());
    }

    private static Report.Text sentence(String what, String unit, Trend trend, List<Source> sources) {
        String change = Numbers.plain(Math.abs(trend.slope() * YEAR)) + (unit.isEmpty() ? "" : " " + unit);
        String text =
                switch (trend.direction()) {
                    case "rising" -> "Weekly " + what + " grows by " + change + " a year";
                    case "falling" -> "Weekly " + what + " shrinks by " + change + " a year";
                    default -> "Weekly " + what + " neither grows nor shrinks";
                };
        return new Report.Text(text + " (" + Numbers.p(trend.p()) + ", season taken out).", sources);
    }

    /** Sums by week that lies fully in the records, keyed by its Monday. */
    private static SortedMap<LocalDate, Double> weekly(Book book, ToDoubleFunction<Book.Order> value) {
        SortedMap<LocalDate, Double> days = book.daily(value);
        TreeMap<LocalDate, Double> weeks = new TreeMap<>();
        LocalDate first = days.firstKey().with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        LocalDate end = days.lastKey().plusDays(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        days.forEach((day, sum) -> {
            if (!day.isBefore(first) && day.isBefore(end)) {
                weeks.merge(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), sum, Double::sum);
            }
        });
        return weeks;
    }

    private record Trend(List<LocalDate> weeks, List<Double> values, List<Double> fitted, double slope, double p) {

        String direction() {
            return !(p < 0.05) ? "flat" : slope > 0 ? "rising" : "falling";
        }

        Map<String, Object> data() {
            return Map.of(
                    "direction", direction(), "perWeekAndYear", Numbers.exact(slope * YEAR), "p", Numbers.exact(p));
        }
    }

    private static Trend trend(SortedMap<LocalDate, Double> weeks) {
        List<LocalDate> labels = List.copyOf(weeks.keySet());
        List<Double> values = List.copyOf(weeks.values());
        int n = values.size();
        if (n < LEAST_WEEKS) {
            return new Trend(labels, values, values, 0, 1);
        }
        double[][] x = new double[n][];
        for (int week = 0; week < n; week++) {
            double angle = 2 * Math.PI * week / YEAR;
            x[week] = new double[] {week, Math.sin(angle), Math.cos(angle), Math.sin(2 * angle), Math.cos(2 * angle)};
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        double[] y = values.stream().mapToDouble(Double::doubleValue).toArray();
        regression.newSampleData(y, x);
        double[] beta = regression.estimateRegressionParameters();
        double error = regression.estimateRegressionParametersStandardErrors()[1];
        double[] residuals = regression.estimateResiduals();
        List<Double> fitted = new ArrayList<>(n);
        for (int week = 0; week < n; week++) {
            fitted.add(y[week] - residuals[week]);
        }
        double t = Math.abs(beta[1] / error);
        double p = 2 * (1 - new TDistribution(n - beta.length).cumulativeProbability(t));
        return new Trend(labels, values, fitted, beta[1], p);
    }
}
