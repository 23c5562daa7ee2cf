/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Records;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.hipparchus.stat.descriptive.rank.Median;

/** Records that do not fit their neighbours. */
final class OddRecords {

    private static final double PRICE_FACTOR = 3;
    private static final int RETURN_DAYS = 60;
    private static final int LEAST_SHIPPED = 10;
    private static final double SURE = 0.001;
    private static final int SILENT_DAYS = 3;

    private OddRecords() {}

    static List<Anomalies.Oddity> in(Book book) {
        List<Anomalies.Oddity> found = new ArrayList<>();
        found.addAll(prices(book));
        found.addAll(doubleOrders(book));
        found.addAll(doubleCosts(book));
        found.addAll(spellings(book));
        found.addAll(returns(book));
        found.addAll(silentAdvertising(book));
        found.addAll(stockOuts(book));
        return found;
    }

    private static List<Anomalies.Oddity> prices(Book book) {
        Map<String, double[]> bySku = book.orders().stream()
                .collect(Collectors.groupingBy(
                        Book.Order::sku, Collectors.collectingAndThen(Collectors.toList(), list -> list.stream()
                                .mapToDouble(order -> order.price().doubleValue())
                                .toArray())));
        Map<String, Double> usual = new HashMap<>();
        bySku.forEach((sku, prices) -> usual.put(sku, new Median().evaluate(prices)));
        return book.orders().stream()
                .filter(order -> {
                    double median = usual.getOrDefault(order.sku(), Double.NaN);
                    double price = order.price().doubleValue();
                    return price > PRICE_FACTOR * median || price * PRICE_FACTOR < median;
                })
                .map(order -> new Anomalies.Oddity(
                        "price",
                        order.day().toString(),
                        "order " + order.id() + ": " + order.sku() + " for " + order.price() + " where "
                                + Numbers.plain(usual.getOrDefault(order.sku(), Double.NaN)) + " is usual",
                        book.source("orders", "order_id " + order.id(), 1)))
                .toList();
    }

    /** Same customer, article, quantity, price and day under two ids that follow each other: entered twice. */
    private static List<Anomalies.Oddity> doubleOrders(Book book) {
        List<Anomalies.Oddity> found = new ArrayList<>();
        for (int i = 1; i < book.orders().size(); i++) {
            Book.Order one = book.orders().get(i - 1);
            Book.Order two = book.orders().get(i);
            if (one.sameSaleAs(two)) {
                found.add(new Anomalies.Oddity(
                        "double_order",
                        two.day().toString(),
                        one.id() + " and " + two.id() + " have the same customer, article, quantity and price",
                        book.source("orders", "order_id in " + List.of(one.id(), two.id()), 2)));
            }
        }
        return found;
    }

    private static List<Anomalies.Oddity> doubleCosts(Book book) {
        Records costs = book.table("costs");
        Map<String, Long> same = new TreeMap<>();
        costs.lines()
                .filter(line -> !line.text("category").equals("cash_balance"))
                .forEach(line -> same.merge(
                        line.text("date") + "|" + line.text("category") + "|" + line.text("amount") + "|"
                                + line.text("note"),
                        1L,
                        Long::sum));
        return same.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> {
                    String[] parts = entry.getKey().split("\\|", -1);
                    return new Anomalies.Oddity(
                            "double_cost",
                            parts[0],
                            parts[1] + " " + parts[2] + " booked " + entry.getValue() + " times: " + parts[3],
                            costs.source("date " + parts[0] + ", category " + parts[1], entry.getValue()));
                })
                .toList();
    }

    /** One customer under several spellings of an id. */
    private static List<Anomalies.Oddity> spellings(Book book) {
        Map<String, TreeSet<String>> spellings = new TreeMap<>();
        book.orders().forEach(order -> spellings
                .computeIfAbsent(order.customer().trim().toUpperCase(Locale.ROOT), unused -> new TreeSet<>())
                .add(order.customer()));
        return spellings.values().stream()
                .filter(set -> set.size() > 1)
                .map(set -> {
                    List<Book.Order> theirs = book.orders().stream()
                            .filter(order -> set.contains(order.customer()))
                            .toList();
                    LocalDate day = theirs.get(theirs.size() - 1).day();
                    return new Anomalies.Oddity(
                            "customer_spelling",
                            day.toString(),
                            "customers " + String.join(" and ", set) + " look like one",
                            book.source("orders", "customer_id in " + set, theirs.size()));
                })
                .toList();
    }

    /** Articles returned more often lately than all articles, beyond chance (one-sided binomial test). */
    private static List<Anomalies.Oddity> returns(Book book) {
        LocalDate end = book.lastDay().orElse(LocalDate.MIN);
        List<Book.Order> shipped = book.orders().stream()
                .filter(order -> !order.status().equals("cancelled"))
                .toList();
        double rate = (double) shipped.stream()
                        .filter(order -> order.status().equals("returned"))
                        .count()
                / shipped.size();
        Map<String, List<Book.Order>> recent = shipped.stream()
                .filter(order -> order.day().isAfter(end.minusDays(RETURN_DAYS)))
                .collect(Collectors.groupingBy(Book.Order::sku, TreeMap::new, Collectors.toList()));
        List<Anomalies.Oddity> found = new ArrayList<>();
        recent.forEach((sku, list) -> {
            int back = (int) list.stream()
                    .filter(order -> order.status().equals("returned"))
                    .count();
            if (list.size() >= LEAST_SHIPPED
                    && rate > 0
                    && rate < 1
                    && 1 - new BinomialDistribution(list.size(), rate).cumulativeProbability(back - 1) < SURE) {
                found.add(new Anomalies.Oddity(
                        "returns",
                        end.minusDays(RETURN_DAYS - 1L) + ".." + end,
                        sku + ": " + back + " of " + list.size() + " came back where " + Numbers.plain(100 * rate)
                                + " % is usual",
                        book.source("orders", "sku " + sku + ", last " + RETURN_DAYS + " days, shipped", list.size())));
            }
        });
        return found;
    }

    /** Runs of days on which a campaign was clicked and paid but no order was tracked. */
    private static List<Anomalies.Oddity> silentAdvertising(Book book) {
        Records advertising = book.table("advertising");
        Map<String, TreeMap<LocalDate, Boolean>> campaigns = new TreeMap<>();
        Map<String, Double> orders = new HashMap<>();
        Map<String, Integer> days = new HashMap<>();
        advertising.lines().forEach(line -> {
            String key = line.text("channel") + " " + line.text("campaign");
            boolean silent = line.number("orders") == 0 && line.number("spend") > 0 && line.number("clicks") > 0;
            campaigns.computeIfAbsent(key, unused -> new TreeMap<>()).put(line.date("date"), silent);
            orders.merge(key, line.number("orders"), Double::sum);
            days.merge(key, 1, Integer::sum);
        });
        List<Anomalies.Oddity> found = new ArrayList<>();
        campaigns.forEach((campaign, silence) -> {
            double mean = orders.getOrDefault(campaign, 0.0) / Math.max(1, days.getOrDefault(campaign, 1));
            for (List<LocalDate> run : runs(silence)) {
                // e^(-mean x days): how likely so long a silence is when orders come at their usual rate.
                if (run.size() >= SILENT_DAYS && Math.exp(-mean * run.size()) < SURE) {
                    found.add(new Anomalies.Oddity(
                            "untracked_advertising",
                            run.get(0) + ".." + run.get(run.size() - 1),
                            campaign + ": paid clicks, no order tracked on " + run.size() + " days",
                            advertising.source(
                                    campaign + ", " + run.get(0) + ".." + run.get(run.size() - 1), run.size())));
                }
            }
        });
        return found;
    }

    private static List<Anomalies.Oddity> stockOuts(Book book) {
        Records stock = book.table("stock");
        Map<String, TreeMap<LocalDate, Boolean>> empty = new TreeMap<>();
        stock.lines().forEach(line -> empty.computeIfAbsent(line.text("sku"), unused -> new TreeMap<>())
                .put(line.date("date"), line.number("on_hand") <= 0));
        List<Anomalies.Oddity> found = new ArrayList<>();
        empty.forEach((sku, days) -> runs(days)
                .forEach(run -> found.add(new Anomalies.Oddity(
                        "stock_out",
                        run.get(0) + ".." + run.get(run.size() - 1),
                        sku + " was out of stock at " + run.size() + " counts",
                        stock.source("sku " + sku + ", on_hand 0", run.size())))));
        return found;
    }

    /** Runs of neighbouring entries that are true. */
    private static List<List<LocalDate>> runs(TreeMap<LocalDate, Boolean> days) {
        List<List<LocalDate>> runs = new ArrayList<>();
        List<LocalDate> run = new ArrayList<>();
        for (Map.Entry<LocalDate, Boolean> entry : days.entrySet()) {
            if (entry.getValue()) {
                run.add(entry.getKey());
            } else if (!run.isEmpty()) {
                runs.add(run);
                run = new ArrayList<>();
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }
}
