/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.Records;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Answers from the lines of orders: revenue, orders, units, returns, customers, what sells best. */
final class Sales {

    /** Lines of a list in the order of time at most. */
    private static final int TIMES = 60;

    private static final String REVENUE = "revenue = quantity x unit_price - discount of completed orders";

    private final Shelf shelf;
    private final Question question;
    private final Sieve sieve;
    private final LocalDate today;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> categories = new HashMap<>();

    Sales(Shelf shelf, Question question, Sieve sieve, LocalDate today) {
        this.shelf = shelf;
        this.question = question;
        this.sieve = sieve;
        this.today = today;
        shelf.all("products").lines().forEach(line -> {
            names.put(line.text("sku"), line.text("name"));
            categories.put(line.text("sku"), Sieve.text(line, "category"));
        });
    }

    Answer answer(Topic topic) {
        Span span = question.span(today);
        Records orders = shelf.rows("orders", span);
        List<Records.Line> lines = orders.lines().filter(sieve::lets).toList();
        Source rows = orders.source(filter(span), lines.size());
        if (lines.isEmpty()) {
            String why = orders.isEmpty()
                    ? shelf.missing("orders", span)
                    : "No data: no order of " + sieve.said() + " in " + span + ".";
            return Answer.of(why + sieve.left(), rows);
        }
        boolean people =
                question.by().filter(by -> by == Question.Group.CUSTOMER).isPresent();
        String text = question.by().isEmpty() || people && topic == Topic.AOV
                ? sentence(topic, sum(lines), lines, span)
                : split(measured(topic, people), lines, span);
        text += compared(topic, sum(lines), span) + reach(orders, span) + sieve.left();
        return Answer.of(text, sources(topic, rows));
    }

    private Topic measured(Topic topic, boolean people) {
        if (topic == Topic.REVENUE && best()) {
            return Topic.UNITS;
        }
        return people && topic == Topic.CUSTOMERS ? Topic.REVENUE : topic;
    }

    /** "Which product sells best" asks for pieces, "brings most revenue" for money. */
    private boolean best() {
        return question.by().filter(group -> group == Question.Group.PRODUCT).isPresent()
                && question.text()
                        .toLowerCase(Locale.ROOT)
                        .matches("(?s).*\\b(sells?|sold|selling|sellers?|popular|bestsellers?)\\b.*");
    }

    private static Sum sum(List<Records.Line> lines) {
        Sum sum = new Sum();
        lines.forEach(sum::add);
        return sum;
    }

    private String filter(Span span) {
        return span + (sieve.all() ? "" : ", " + sieve.said());
    }

    private String of(Span span) {
        String days = span.open() && question.spans().isEmpty() ? "all stored orders to " + span.to() : span.toString();
        return " of " + shelf.business().name() + (sieve.all() ? "" : ", " + sieve.said()) + " (" + days + "): ";
    }

    private String sentence(Topic topic, Sum sum, List<Records.Line> lines, Span span) {
        String of = of(span);
        return switch (topic) {
            case ORDERS -> "Orders" + of + Shelf.count(sum.shipped()) + " shipped (" + Shelf.count(sum.completed())
                    + " completed, " + Shelf.count(sum.returned()) + " returned), besides "
                    + Shelf.count(sum.cancelled())
                    + " cancelled.";
            case UNITS -> "Units sold" + of + Shelf.grouped(sum.units()) + " in " + Shelf.count(sum.completed())
                    + " completed orders.";
            case RETURNS -> "Returned orders" + of + Shelf.count(sum.returned()) + " of " + Shelf.count(sum.shipped())
                    + " shipped"
                    + (sum.shipped() == 0
                            ? "."
                            : ", a return rate of "
                                    + Shelf.percent(
                                            BigDecimal.valueOf(sum.returned()), BigDecimal.valueOf(sum.shipped()))
                                    + ".");
            case CANCELLED -> "Cancelled orders" + of + Shelf.count(sum.cancelled()) + " of " + Shelf.count(sum.all())
                    + ".";
            case AOV -> question.by().isPresent()
                    ? "Average revenue per customer" + of + shelf.money(sum.perCustomer()) + " over "
                            + Shelf.count(sum.customers().size()) + " customers."
                    : "Average order value" + of + shelf.money(sum.average()) + " over " + Shelf.count(sum.completed())
                            + " completed orders.";
            case CUSTOMERS -> "Customers with an order that was not cancelled" + of
                    + Shelf.count(sum.customers().size()) + newOnes(lines, span) + ".";
            default -> "Revenue" + of + shelf.money(sum.revenue()) + " from " + Shelf.count(sum.completed())
                    + " completed orders.";
        };
    }

    /** How many of the customers ordered in the span for the first time. */
    private String newOnes(List<Records.Line> lines, Span span) {
        if (span.open()) {
            return "";
        }
        Set<String> before = new HashSet<>();
        shelf.rows("orders", new Span(Span.EVER, span.from().minusDays(1), ""))
                .lines()
                .filter(line -> !line.text("status").equals("cancelled"))
                .forEach(line -> before.add(line.text("customer_id")));
        long fresh = sum(lines).customers().stream()
                .filter(id -> !before.contains(id))
                .count();
        return ", " + Shelf.count(fresh) + " of them for the first time";
    }

    private String split(Topic topic, List<Records.Line> lines, Span span) {
        Question.Group by = question.by().orElseThrow();
        Map<String, Sum> parts = new LinkedHashMap<>();
        lines.forEach(
                line -> parts.computeIfAbsent(part(line, by), key -> new Sum()).add(line));
        boolean ordered = question.ranked() || by.ordinal() >= Question.Group.CHANNEL.ordinal();
        Comparator<Map.Entry<String, Sum>> up =
                Comparator.comparing(part -> part.getValue().measure(topic));
        Comparator<Map.Entry<String, Sum>> order = question.least() ? up : up.reversed();
        List<Map.Entry<String, Sum>> sorted = new ArrayList<>(parts.entrySet());
        sorted.sort(ordered ? order.thenComparing(Map.Entry.comparingByKey()) : Map.Entry.comparingByKey());
        StringBuilder text = new StringBuilder(headline(topic, by, sorted.get(0), span, ordered));
        sorted.stream()
                .limit(ordered ? question.many() : TIMES)
                .forEach(part ->
                        text.append("\n- ").append(part.getKey()).append(": ").append(row(topic, part.getValue())));
        if (ordered && sorted.size() > question.many()) {
            text.append("\n- and ").append(sorted.size() - question.many()).append(" more");
        }
        return text.append('\n').toString();
    }

    private String headline(Topic topic, Question.Group by, Map.Entry<String, Sum> first, Span span, boolean ordered) {
        String measured =
                switch (topic) {
                    case UNITS -> "units sold";
                    case ORDERS -> "orders";
                    case RETURNS -> "return rate";
                    case CANCELLED -> "cancelled orders";
                    case CUSTOMERS -> "customers";
                    case AOV -> "average order value";
                    default -> "revenue";
                };
        String group = by.name().toLowerCase(Locale.ROOT);
        if (!question.ranked() || !ordered) {
            return "By " + group + ", " + measured + of(span).replaceAll(": $", ":");
        }
        return (question.least() ? "Lowest " : "Highest ") + measured + " by " + group + of(span) + first.getKey()
                + " with " + row(topic, first.getValue()) + ".";
    }

    private String row(Topic topic, Sum sum) {
        return switch (topic) {
            case UNITS -> Shelf.grouped(sum.units()) + " units, " + shelf.money(sum.revenue());
            case ORDERS -> Shelf.count(sum.shipped()) + " orders";
            case RETURNS -> Shelf.count(sum.returned()) + " of " + Shelf.count(sum.shipped()) + " returned"
                    + (sum.shipped() == 0
                            ? ""
                            : " ("
                                    + Shelf.percent(
                                            BigDecimal.valueOf(sum.returned()), BigDecimal.valueOf(sum.shipped()))
                                    + ")");
            case CANCELLED -> Shelf.count(sum.cancelled()) + " cancelled";
            case CUSTOMERS -> Shelf.count(sum.customers().size()) + " customers";
            case AOV -> shelf.money(sum.average());
            default -> shelf.money(sum.revenue()) + " from " + Shelf.count(sum.completed()) + " orders";
        };
    }

    private String part(Records.Line line, Question.Group by) {
        LocalDate day = line.date("date");
        String sku = line.text("sku");
        return switch (by) {
            case DAY -> day.toString();
            case WEEKDAY -> day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case WEEK -> "week of " + Periods.start(day, "week");
            case MONTH -> day.toString().substring(0, 7);
            case QUARTER -> day.getYear() + "-Q" + (day.getMonthValue() + 2) / 3;
            case YEAR -> Integer.toString(day.getYear());
            case CHANNEL -> known(Sieve.text(line, "channel"), "no channel");
            case CATEGORY -> known(categories.getOrDefault(sku, ""), "no category");
            case PRODUCT -> names.containsKey(sku) ? names.get(sku) + " (" + sku + ")" : sku;
            case CUSTOMER -> line.text("customer_id");
        };
    }

    private static String known(String value, String otherwise) {
        return value.isEmpty() ? otherwise : value;
    }

    /** The same figure of the other days named, or of as many days before. */
    private String compared(Topic topic, Sum now, Span span) {
        if (!question.compares() || question.by().isPresent() || span.open()) {
            return "";
        }
        Span other = question.besides(span);
        List<Records.Line> lines =
                shelf.rows("orders", other).lines().filter(sieve::lets).toList();
        if (lines.isEmpty()) {
            return " Nothing to compare with: there are no such orders in " + other + ".";
        }
        BigDecimal before = sum(lines).measure(topic);
        BigDecimal change = now.measure(topic).subtract(before);
        String word = change.signum() > 0 ? "more" : change.signum() < 0 ? "less" : "no more and no less";
        return " In " + other + " it was " + row(topic, sum(lines)) + ": "
                + (before.signum() == 0 ? word : Shelf.percent(change.abs(), before) + " " + word) + " now.";
    }

    /** Says so when the orders end before the days asked for do. */
    private String reach(Records orders, Span span) {
        LocalDate last = Shelf.days(orders).map(Span::to).orElse(span.to());
        return !span.open() && last.plusDays(3).isBefore(span.to()) ? " The last order in it is of " + last + "." : "";
    }

    private List<Source> sources(Topic topic, Source rows) {
        List<Source> sources = new ArrayList<>(List.of(rows));
        if (question.by()
                .filter(by -> by == Question.Group.PRODUCT || by == Question.Group.CATEGORY)
                .isPresent()) {
            sources.add(shelf.all("products")
                    .source("names", shelf.all("products").rows().size()));
        }
        sources.add(new Source.Formula(formula(topic)));
        return List.copyOf(sources);
    }

    private static String formula(Topic topic) {
        return switch (topic) {
            case ORDERS -> "shipped = completed + returned";
            case UNITS -> "units sold = sum of quantity of completed orders; " + REVENUE;
            case RETURNS -> "return rate = returned / (completed + returned)";
            case CANCELLED -> "orders of status cancelled of all orders";
            case CUSTOMERS -> "distinct customer_id of completed and returned orders; " + REVENUE;
            case AOV -> "average = revenue / completed orders or customers; " + REVENUE;
            default -> REVENUE;
        };
    }
}
