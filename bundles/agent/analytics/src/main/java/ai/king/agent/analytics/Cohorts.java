/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many customers of each first month order again in the months after it. */
final class Cohorts implements Analysis {

    private static final String HEADING = "Cohorts";
    private static final int COHORTS = 12;
    private static final int MONTHS = 6;

    @Override
    public Finding of(Book book) {
        if (book.orders().isEmpty()) {
            return Finding.noData(HEADING, "orders");
        }
        List<Book.Order> done =
                book.orders().stream().filter(Book.Order::completed).toList();
        Map<String, YearMonth> first = new HashMap<>();
        done.forEach(order -> first.putIfAbsent(order.customer(), YearMonth.from(order.day())));
        TreeMap<YearMonth, Map<Long, Set<String>>> cohorts = new TreeMap<>();
        for (Book.Order order : done) {
            YearMonth start = first.getOrDefault(order.customer(), YearMonth.from(order.day()));
            long month = ChronoUnit.MONTHS.between(start, YearMonth.from(order.day()));
            cohorts.computeIfAbsent(start, unused -> new HashMap<>())
                    .computeIfAbsent(month, unused -> new HashSet<>())
                    .add(order.customer());
        }
        YearMonth last = cohorts.lastKey();
        Table table = table(cohorts, book.lastDay().map(YearMonth::from).orElse(last));
        List<Source> sources = List.of(
                book.source("orders", "status completed", done.size()),
                new Source.Formula("share of the customers of a first month with an order in the n-th month after it"));
        List<String> columns = new ArrayList<>(List.of("First month", "Customers"));
        for (int month = 1; month <= MONTHS; month++) {
            columns.add("+" + month);
        }
        Report.Text text = new Report.Text(
                "Of the customers of a month, " + table.mean() + " order again in the month after it.", sources);
        return new Finding(
                new Report.Section(
                        HEADING,
                        List.of(
                                text,
                                new Report.Table(
                                        "Customers who order again, percent", columns, table.rows(), sources))),
                Map.of("cohort", Map.of("months", table.rows())),
                List.of());
    }

    private record Table(List<List<String>> rows, String mean) {}

    private static Table table(TreeMap<YearMonth, Map<Long, Set<String>>> cohorts, YearMonth end) {
        List<List<String>> rows = new ArrayList<>();
        double customers = 0;
        double again = 0;
        for (YearMonth start :
                cohorts.descendingKeySet().stream().limit(COHORTS).toList()) {
            Map<Long, Set<String>> months = cohorts.getOrDefault(start, Map.of());
            int size = months.getOrDefault(0L, Set.of()).size();
            List<String> row = new ArrayList<>(List.of(start.toString(), Integer.toString(size)));
            for (long month = 1; month <= MONTHS; month++) {
                int back = months.getOrDefault(month, Set.of()).size();
                boolean known = !start.plusMonths(month).isAfter(end);
                row.add(known ? Numbers.plain(100.0 * back / size) : "");
                if (month == 1 && known) {
                    customers += size;
                    again += back;
                }
            }
            rows.add(row);
        }
        return new Table(rows, customers == 0 ? "no data" : Numbers.plain(100 * again / customers) + " %");
    }
}
