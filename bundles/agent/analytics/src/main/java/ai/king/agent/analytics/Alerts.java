/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Warns when conversion, bounce or churn cross their limits over the last days. */
final class Alerts implements Analysis {

    private static final String HEADING = "Alerts";

    /** A limit: worse than {@code warn} warns, worse than {@code critical} is critical. */
    private record Limit(String metric, double warn, double critical, boolean goodWhenLow) {

        Optional<String> level(double value) {
            if (goodWhenLow ? value > critical : value < critical) {
                return Optional.of("critical");
            }
            return (goodWhenLow ? value > warn : value < warn) ? Optional.of("warning") : Optional.empty();
        }
    }

    private static final List<Limit> LIMITS = List.of(
            new Limit("conversion_rate", 2, 1, false),
            new Limit("bounce_rate", 60, 80, true),
            new Limit("churn_rate", 5, 10, true));

    private final int days;

    Alerts(int days) {
        this.days = days;
    }

    @Override
    public Finding of(Book book) {
        Records metrics = book.table("metrics");
        Optional<LocalDate> last =
                metrics.lines().map(line -> line.date("date")).max(LocalDate::compareTo);
        if (last.isEmpty()) {
            return Finding.noData(HEADING, "metrics");
        }
        LocalDate from = last.get().minusDays(days - 1L);
        List<Records.Line> recent = metrics.lines()
                .filter(line -> !line.date("date").isBefore(from))
                .toList();
        List<Source> sources = List.of(
                metrics.source(from + ".." + last.get(), recent.size()),
                new Source.Formula(
                        "mean of the measured days; conversion below 2 % warns, below 1 % is critical; bounce above"
                                + " 60 and 80 %; churn above 5 and 10 %"));
        List<Report.Block> blocks = new ArrayList<>();
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (Limit limit : LIMITS) {
            double mean = recent.stream()
                    .mapToDouble(line -> line.number(limit.metric()))
                    .average()
                    .orElse(Double.NaN);
            limit.level(mean).ifPresent(level -> {
                alerts.add(Map.of("metric", limit.metric(), "level", level, "value", Numbers.exact(mean)));
                blocks.add(new Report.Advice(
                        level + ": " + limit.metric().replace('_', ' ') + " is " + Numbers.plain(mean) + " %",
                        "mean of the last " + recent.size() + " measured days; the limit is "
                                + Numbers.plain(limit.warn()) + " %",
                        sources));
            });
        }
        if (blocks.isEmpty()) {
            blocks.add(new Report.Text("Conversion, bounce and churn are within their limits.", sources));
        }
        return new Finding(new Report.Section(HEADING, blocks), Map.of("alerts", alerts), List.of());
    }
}
