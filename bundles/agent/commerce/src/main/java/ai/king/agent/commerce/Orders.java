/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The state of the orders: by period, the open ones and their age, the largest, and those that look wrong. */
final class Orders {

    private static final int MONTHS = 12;
    private static final int LARGEST = 10;
    private static final int MOST_ROWS = 50;

    private final Set<String> openStates;
    private final int lateDays;

    Orders(Set<String> openStates, int lateDays) {
        this.openStates = openStates;
        this.lateDays = lateDays;
    }

    Outcome report(Task task, BusinessData business, AgentContext context) {
        OrderBook book = new OrderBook(business, openStates);
        Shop.Reading<Order> shop = new Shop(context).open();
        if (book.records().isEmpty() && shop.refused().isPresent()) {
            List<String> missing = new ArrayList<>(List.of("records of kind orders"));
            missing.addAll(shop.missing());
            return new Outcome.Declined(missing);
        }
        LocalDate today = context.now().atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, Object> data = new LinkedHashMap<>();
        List<Report.Section> sections = new ArrayList<>();
        if (!book.records().isEmpty()) {
            sections.add(new Report.Section("Orders", recorded(book, today, data)));
            sections.add(new Report.Section("By month", List.of(months(task, book))));
            sections.add(new Report.Section("Largest and odd", remarkable(business, book, today)));
        }
        sections.add(new Report.Section("Open in the shop", shop(shop, book, today, data)));
        return new Outcome.Done(data, new Report(sections));
    }

    private List<Report.Block> recorded(OrderBook book, LocalDate today, Map<String, Object> data) {
        Map<String, Long> counts = new TreeMap<>();
        book.records().lines().forEach(line -> counts.merge(Cells.text(line, "status"), 1L, Long::sum));
        long all = book.records().rows().size();
        data.put("states", counts);
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure("Orders", Long.toString(all), "", List.of(book.source("all", all))));
        if (book.tellsOpen()) {
            List<Order> open = book.open();
            List<Source> sources =
                    List.of(book.source("status " + String.join(", ", openStates), open.size()), lateness());
            blocks.addAll(open(open, today, sources));
            data.put("open", open.stream().map(Order::id).toList());
        } else {
            for (String figure : List.of("Open", "Late", "Age of the oldest open")) {
                blocks.add(none(figure, book, String.join(" or ", openStates)));
            }
        }
        for (String state : List.of("shipped", "returned", "refunded", "cancelled")) {
            blocks.add(
                    counts.containsKey(state)
                            ? share(state, counts.get(state), all, book)
                            : none(state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1), book, state));
        }
        return blocks;
    }

    private Source lateness() {
        return new Source.Formula("late = open for more than " + lateDays + " days");
    }

    private static Report.Figure none(String label, OrderBook book, String state) {
        return new Report.Figure(label + ", orders", "no data", "", List.of(book.source(book.silence(state), 0)));
    }

    private static Report.Figure share(String state, long count, long all, OrderBook book) {
        BigDecimal share = BigDecimal.valueOf(count).divide(BigDecimal.valueOf(all), 6, RoundingMode.HALF_EVEN);
        return new Report.Figure(
                state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1) + ", orders",
                count + " (" + Pricing.percent(share) + ")",
                "",
                List.of(book.source("status " + state, count), new Source.Formula(state + " orders / all orders")));
    }

    private List<Report.Block> open(List<Order> open, LocalDate today, List<Source> sources) {
        List<Report.Block> blocks = new ArrayList<>();
        long late = open.stream().filter(order -> order.age(today) > lateDays).count();
        blocks.add(new Report.Figure("Open, orders", Integer.toString(open.size()), "", sources));
        blocks.add(new Report.Figure("Late, orders", Long.toString(late), "", sources));
        if (open.isEmpty()) {
            return blocks;
        }
        blocks.add(
                new Report.Figure("Age of the oldest open, orders", open.get(0).age(today) + " days", "", sources));
        List<List<String>> rows = open.stream()
                .limit(MOST_ROWS)
                .map(order -> List.of(
                        order.number(),
                        order.day().toString(),
                        Long.toString(order.age(today)),
                        order.state(),
                        order.amount().isEmpty() ? "no data" : order.amount(),
                        order.age(today) > lateDays ? "late" : ""))
                .toList();
        blocks.add(new Report.Table(
                open.size() <= MOST_ROWS
                        ? "Open orders, the oldest first"
                        : "Open orders, the oldest " + MOST_ROWS + " of " + open.size(),
                List.of("Order", "Day", "Age, days", "State", "Amount", ""),
                rows,
                sources));
        return blocks;
    }

    private List<Report.Block> shop(
            Shop.Reading<Order> shop, OrderBook book, LocalDate today, Map<String, Object> data) {
        if (shop.refused().isPresent()) {
            return List.of(new Report.Text(
                    "No data of the shop: it misses " + String.join("; ", shop.missing()) + ".",
                    List.of(book.source("no open orders are told by the shop", 0))));
        }
        List<Source> sources = List.of(
                new Source.Formula(shop.found().size() + " open orders as " + Shop.ORDERS + " answered"), lateness());
        data.put("openInShop", shop.found().stream().map(Order::number).toList());
        List<Report.Block> blocks = new ArrayList<>(open(shop.found(), today, sources));
        if (shop.cut()) {
            blocks.add(new Report.Text("The shop holds more open orders than were read.", sources));
        }
        return blocks;
    }

    private static Report.Table months(Task task, OrderBook book) {
        Object asked = task.input().get("months");
        int months =
                asked != null && asked.toString().matches("[1-9]\\d?") ? Integer.parseInt(asked.toString()) : MONTHS;
        TreeMap<YearMonth, List<Records.Line>> byMonth = new TreeMap<>(Comparator.reverseOrder());
        book.records().lines().forEach(line -> byMonth.computeIfAbsent(
                        YearMonth.from(line.date("date")), unused -> new ArrayList<>())
                .add(line));
        List<String> columns = new ArrayList<>(List.of("Month", "Orders"));
        columns.addAll(book.states());
        columns.add("Amount, not cancelled");
        long count = 0;
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<YearMonth, List<Records.Line>> month :
                byMonth.entrySet().stream().limit(months).toList()) {
            count += month.getValue().size();
            rows.add(month(month.getKey(), month.getValue(), book.states()));
        }
        return new Report.Table(
                "Orders by month and state",
                columns,
                rows,
                List.of(
                        book.source("the last " + rows.size() + " months with orders", count),
                        new Source.Formula("amount = quantity x unit price - discount")));
    }

    private static List<String> month(YearMonth month, List<Records.Line> lines, Set<String> states) {
        List<String> row = new ArrayList<>(List.of(month.toString(), Integer.toString(lines.size())));
        for (String state : states) {
            row.add(Long.toString(lines.stream()
                    .filter(line -> Cells.text(line, "status").equals(state))
                    .count()));
        }
        row.add(lines.stream()
                .filter(line -> !Cells.text(line, "status").equals("cancelled"))
                .map(OrderBook::worth)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString());
        return row;
    }

    private static List<Report.Block> remarkable(BusinessData business, OrderBook book, LocalDate today) {
        List<List<String>> largest = book.records()
                .lines()
                .sorted(Comparator.comparing(OrderBook::worth).reversed().thenComparing(line -> line.text("order_id")))
                .limit(LARGEST)
                .map(line -> row(line, Optional.empty()))
                .toList();
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Table(
                "The largest orders",
                List.of("Order", "Day", "Article", "Quantity", "Unit price", "Amount", "State"),
                largest,
                List.of(book.source("the " + largest.size() + " of the highest amount", largest.size()))));
        blocks.add(new OddOrders(business, book, today).block());
        return blocks;
    }

    static List<String> row(Records.Line line, Optional<String> why) {
        List<String> row = new ArrayList<>(List.of(
                line.text("order_id"),
                line.text("date"),
                line.text("sku"),
                Cells.text(line, "quantity"),
                Cells.text(line, "unit_price"),
                OrderBook.worth(line).toPlainString(),
                Cells.text(line, "status")));
        why.ifPresent(row::add);
        return row;
    }
}
