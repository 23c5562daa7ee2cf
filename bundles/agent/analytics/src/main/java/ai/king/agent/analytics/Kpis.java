/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The key figures of the last full quarter against their targets and the quarter a year before. */
final class Kpis implements Analysis {

    private static final String HEADING = "Key figures against targets";
    private static final Set<String> GOOD_WHEN_LOW = Set.of("churn_rate", "bounce_rate", "return_rate");

    private final int onTrack;
    private final int atRisk;

    Kpis(int onTrack, int atRisk) {
        this.onTrack = onTrack;
        this.atRisk = atRisk;
    }

    @Override
    public Finding of(Book book) {
        Optional<Period> quarter = book.lastQuarter();
        if (quarter.isEmpty()) {
            return Finding.noData(HEADING, "orders");
        }
        Period period = quarter.get();
        List<Records.Line> targets = book.table("targets")
                .lines()
                .filter(line -> line.text("period").equals(period.label()))
                .toList();
        if (targets.isEmpty()) {
            return Finding.noData(HEADING + " " + period.label(), "targets");
        }
        Map<String, Object> statuses = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        List<Source> sources = new ArrayList<>(sources(book, period, targets.size()));
        for (Records.Line target : targets) {
            String metric = target.text("metric");
            Kpi kpi = kpi(metric, target, actual(book, metric, period), actual(book, metric, period.aYearBefore()));
            statuses.put(metric, kpi.data());
            rows.add(kpi.row());
        }
        Report.Table table = new Report.Table(
                "Quarter " + period.label(),
                List.of("Figure", "Actual", "Target", "Unit", "Of target", "A year before", "Status"),
                rows,
                sources);
        return new Finding(
                new Report.Section(HEADING, List.of(table)),
                Map.of("kpis", statuses, "quarter", period.label()),
                List.of());
    }

    private record Kpi(List<String> row, Map<String, Object> data) {}

    private Kpi kpi(String metric, Records.Line target, OptionalDouble actual, OptionalDouble yearBefore) {
        double wanted = target.number("target");
        String before = yearBefore.isPresent() ? Numbers.plain(yearBefore.getAsDouble()) : "no data";
        Map<String, Object> data = new HashMap<>();
        data.put("target", Numbers.exact(wanted));
        if (actual.isEmpty() || wanted == 0) {
            data.put("status", "no_data");
            return new Kpi(
                    List.of(metric, "no data", Numbers.plain(wanted), target.text("unit"), "", before, "no data"),
                    data);
        }
        double value = actual.getAsDouble();
        double share = 100 * (GOOD_WHEN_LOW.contains(metric) ? wanted / Math.max(value, 1e-9) : value / wanted);
        String status = share >= onTrack ? "on_track" : share >= atRisk ? "at_risk" : "off_track";
        data.put("actual", Numbers.exact(value));
        data.put("ofTargetPercent", Numbers.exact(share));
        data.put("status", status);
        return new Kpi(
                List.of(
                        metric,
                        Numbers.plain(value),
                        Numbers.plain(wanted),
                        target.text("unit"),
                        Numbers.plain(share) + " %",
                        before,
                        status),
                data);
    }

    /** The figure of a period; empty where the records do not say. */
    static OptionalDouble actual(Book book, String metric, Period period) {
        List<Book.Order> orders = book.orders(period);
        List<Book.Order> done = orders.stream().filter(Book.Order::completed).toList();
        if (orders.isEmpty()) {
            return OptionalDouble.empty();
        }
        double revenue = done.stream().mapToDouble(Book.Order::value).sum();
        return switch (metric) {
            case "revenue" -> OptionalDouble.of(revenue);
            case "orders" -> OptionalDouble.of(done.size());
            case "return_rate" -> {
                long shipped = orders.stream()
                        .filter(order -> !order.status().equals("cancelled"))
                        .count();
                yield shipped == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(100.0 * (shipped - done.size()) / shipped);
            }
            case "gross_margin" -> grossMargin(book, done, revenue);
            case "conversion_rate", "bounce_rate", "churn_rate" -> book.table("metrics")
                    .lines()
                    .filter(line -> period.contains(line.date("date")))
                    .mapToDouble(line -> line.number(metric))
                    .average();
            default -> OptionalDouble.empty();
        };
    }

    /** Percent of revenue left after the present unit cost; orders of articles without a known cost are left out of both. */
    private static OptionalDouble grossMargin(Book book, List<Book.Order> done, double revenue) {
        Map<String, Double> costs = new HashMap<>();
        book.table("products").lines().forEach(line -> costs.put(line.text("sku"), line.number("unit_cost")));
        if (costs.isEmpty() || revenue <= 0) {
            return OptionalDouble.empty();
        }
        double known = 0;
        double cost = 0;
        for (Book.Order order : done) {
            Double unit = costs.get(order.sku());
            if (unit != null) {
                known += order.value();
                cost += unit * order.quantity();
            }
        }
        return known <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * (known - cost) / known);
    }

    private static List<Source> sources(Book book, Period period, int targets) {
        long days = book.table("metrics")
                .lines()
                .filter(line -> period.contains(line.date("date")))
                .count();
        return List.of(
                book.source(period, "all statuses", order -> true),
                book.source("targets", "period " + period.label(), targets),
                book.source("metrics", period.toString(), days),
                book.source(
                        "products",
                        "unit_cost of all",
                        book.table("products").rows().size()),
                new Source.Formula(
                        "revenue = sum of quantity x unit_price - discount over completed orders; gross margin ="
                                + " (revenue - quantity x unit_cost) / revenue; return rate = returned / (completed + returned);"
                                + " rates are means of the measured days; of target = actual / target, for rates that are good"
                                + " when low target / actual"));
    }
}
