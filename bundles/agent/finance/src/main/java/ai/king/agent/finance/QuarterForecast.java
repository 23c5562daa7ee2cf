/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Revenue of the weeks to come with an interval, and what it means for profit and cash. */
final class QuarterForecast implements Statement {

    private static final String HEADING = "Forecast";
    private static final int SHOWN_PAST = 26;

    private final int weeks;
    private final int interval;

    QuarterForecast(int weeks, int interval) {
        this.weeks = weeks;
        this.interval = interval;
    }

    @Override
    public Result of(Books books) {
        Optional<LocalDate> last = books.lastDay();
        double[] past = last.map(day -> weekly(books, day)).orElse(new double[0]);
        if (last.isEmpty() || past.length < Forecast.LEAST_WEEKS) {
            return Result.noData(HEADING, "at least " + Forecast.LEAST_WEEKS + " weeks of orders");
        }
        Forecast.Result forecast = Forecast.of(past, weeks, interval);
        LocalDate from = last.get().plusDays(1);
        LocalDate to = last.get().plusWeeks(weeks);
        List<Source> sources = new ArrayList<>();
        sources.add(books.table("orders")
                .source(
                        "status completed, weeks ending " + last.get().getDayOfWeek(),
                        books.sales().stream().filter(Books.Sale::completed).count()));
        sources.add(new Source.Formula(forecast.method() + "; interval of " + interval + " % from the errors of "
                + forecast.origins() + " back-tests that saw only what lay before them"));
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure(
                "Revenue " + from + " to " + to + " (" + interval + " %: " + Numbers.money(forecast.sumLow()) + " to "
                        + Numbers.money(forecast.sumHigh()) + ")",
                Numbers.money(forecast.sum()),
                books.currency(),
                sources));
        blocks.add(new Report.Text(
                "Back-test: the forecast of " + weeks + " weeks was off by " + Numbers.percent(forecast.sumError())
                        + " in the mean, a single week by "
                        + Numbers.percent(forecast.mape()) + "; " + Numbers.percent(forecast.coverage())
                        + " of the back-tested sums lay in the interval made"
                        + " from the others. The other method was off by " + Numbers.percent(forecast.otherMape())
                        + " a week.",
                sources));
        blocks.add(chart(books, past, forecast, last.get(), sources));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("from", from.toString());
        data.put("to", to.toString());
        data.put("revenue", Numbers.data(forecast.sum()));
        data.put("revenueLow", Numbers.data(forecast.sumLow()));
        data.put("revenueHigh", Numbers.data(forecast.sumHigh()));
        data.put("method", forecast.method());
        data.put("weeklyError", Numbers.share(forecast.mape()));
        data.put("sumError", Numbers.share(forecast.sumError()));
        data.put("intervalCoverage", Numbers.share(forecast.coverage()));
        plan(books, last.get(), forecast).ifPresent(plan -> {
            blocks.add(plan.table());
            data.put("plan", plan.data());
        });
        return Result.of(HEADING, blocks, Map.of("forecast", data));
    }

    private record Plan(Report.Table table, Map<String, Object> data) {}

    /** Variable costs go with revenue as over the last year, fixed costs with the weeks as over the last quarter. */
    private Optional<Plan> plan(Books books, LocalDate last, Forecast.Result forecast) {
        Flow year = books.flow(last.minusDays(364), last);
        Flow quarter = books.flow(last.minusDays(90), last);
        Optional<BigDecimal> variable = year.variableShare();
        if (variable.isEmpty() || books.costs().isEmpty()) {
            return Optional.empty();
        }
        double share = variable.get().doubleValue();
        double fixed = quarter.fixed().doubleValue() * weeks * 7 / 91;
        List<List<String>> rows = new ArrayList<>();
        Map<String, Object> data = new LinkedHashMap<>();
        row("Low", forecast.sumLow(), share, fixed, rows, data);
        row("Expected", forecast.sum(), share, fixed, rows, data);
        row("High", forecast.sumHigh(), share, fixed, rows, data);
        List<Source> sources = books.sources(
                last.minusDays(364),
                last,
                "variable = revenue x " + Numbers.percent(share)
                        + " (goods, variable costs and advertising over revenue of the last year);"
                        + " fixed = fixed costs of the last 91 days; profit, which is also the change of cash, = revenue - variable - fixed");
        return Optional.of(new Plan(
                new Report.Table(
                        "Plan of the next " + weeks + " weeks, " + books.currency(),
                        List.of(
                                "Case",
                                "Revenue",
                                "Goods, variable costs, advertising",
                                "Fixed",
                                "Profit and change of cash"),
                        rows,
                        sources),
                data));
    }

    private static void row(
            String label,
            double revenue,
            double share,
            double fixed,
            List<List<String>> rows,
            Map<String, Object> data) {
        double profit = revenue * (1 - share) - fixed;
        rows.add(List.of(
                label,
                Numbers.money(revenue),
                Numbers.money(revenue * share),
                Numbers.money(fixed),
                Numbers.money(profit)));
        data.put(
                label.toLowerCase(java.util.Locale.ROOT),
                Map.of("revenue", Numbers.data(revenue), "profit", Numbers.data(profit)));
    }

    private Report.Chart chart(
            Books books, double[] past, Forecast.Result forecast, LocalDate last, List<Source> sources) {
        List<String> labels = new ArrayList<>();
        List<Double> known = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (int back = SHOWN_PAST - 1; back >= 0; back--) {
            labels.add(last.minusWeeks(back).toString());
            known.add(past[past.length - 1 - back]);
            for (List<Double> none : List.of(expected, low, high)) {
                none.add(Double.NaN);
            }
        }
        for (int week = 0; week < weeks; week++) {
            labels.add(last.plusWeeks(week + 1L).toString());
            known.add(Double.NaN);
            expected.add(forecast.values()[week]);
            low.add(forecast.low()[week]);
            high.add(forecast.high()[week]);
        }
        return new Report.Chart(
                "Revenue by week: known and expected, with the interval of " + interval + " %",
                Report.Chart.Kind.LINE,
                labels,
                List.of(
                        new Report.Series("known", known, List.of(), List.of()),
                        new Report.Series("expected", expected, low, high)),
                books.currency(),
                sources);
    }

    /** Revenue by week, the last week ending on the last day, so that no week is cut. */
    private static double[] weekly(Books books, LocalDate last) {
        long days = last.toEpochDay() - books.sales().get(0).day().toEpochDay() + 1;
        double[] weekly = new double[(int) (days / 7)];
        for (Books.Sale sale : books.sales()) {
            int back = (int) ((last.toEpochDay() - sale.day().toEpochDay()) / 7);
            if (sale.completed() && back < weekly.length) {
                weekly[weekly.length - 1 - back] += sale.value().doubleValue();
            }
        }
        return weekly;
    }
}
