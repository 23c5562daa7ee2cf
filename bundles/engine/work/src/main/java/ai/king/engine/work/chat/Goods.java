/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.Records;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers about articles as they stand: stock, prices, suppliers. */
final class Goods {

    /** Low where no reorder point is stored. */
    private static final BigDecimal LOW = BigDecimal.TEN;

    private static final int ROWS = 15;

    private final Shelf shelf;
    private final Question question;
    private final Sieve sieve;
    private final LocalDate today;
    private final Map<String, String> names = new TreeMap<>();

    Goods(Shelf shelf, Question question, Sieve sieve, LocalDate today) {
        this.shelf = shelf;
        this.question = question;
        this.sieve = sieve;
        this.today = today;
        shelf.all("products")
                .lines()
                .forEach(line -> names.put(line.text("sku"), line.text("name") + " (" + line.text("sku") + ")"));
    }

    Answer stock(boolean low) {
        LocalDate day = question.span(today).to();
        Records rows = shelf.rows("stock", new Span(Span.EVER, day, ""));
        if (rows.isEmpty()) {
            return Answer.of(shelf.missing("stock", new Span(Span.EVER, day, "")), rows.source("to " + day, 0));
        }
        Map<String, Records.Line> latest = latest(rows);
        List<Records.Line> shown = latest.values().stream()
                .filter(line -> !low || isLow(line))
                .sorted(Comparator.comparing((Records.Line line) -> line.decimal("on_hand"))
                        .thenComparing(line -> line.text("sku")))
                .toList();
        Source source = rows.source("last row of each article to " + day, latest.size());
        String of = shelf.business().name() + (sieve.skus().isEmpty() ? "" : ", " + sieve.said());
        if (latest.isEmpty()) {
            return Answer.of(
                    "No data: no stock is stored for " + sieve.said() + " to " + day + "." + sieve.left(), source);
        }
        if (shown.isEmpty()) {
            return Answer.of(
                    "None of the " + latest.size() + " articles of " + of + " is at or under its reorder point."
                            + sieve.left(),
                    source,
                    rule());
        }
        String head = low
                ? "At or under the reorder point at " + of + ": " + shown.size() + " of " + latest.size() + " articles."
                : "In stock at " + of + ": " + Shelf.grouped(total(shown)) + " units.";
        return Answer.of(
                head + list(shown) + "\n" + sieve.left().strip(), low ? List.of(source, rule()) : List.of(source));
    }

    /** The last row of each article. */
    private Map<String, Records.Line> latest(Records rows) {
        Map<String, Records.Line> latest = new TreeMap<>();
        rows.lines()
                .filter(line -> sieve.skus().isEmpty() || sieve.skus().containsKey(line.text("sku")))
                .forEach(line -> latest.merge(
                        line.text("sku"), line, (a, b) -> a.date("date").isAfter(b.date("date")) ? a : b));
        return latest;
    }

    private static BigDecimal total(List<Records.Line> lines) {
        return lines.stream().map(line -> line.decimal("on_hand")).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String list(List<Records.Line> shown) {
        StringBuilder text = new StringBuilder();
        shown.stream().limit(ROWS).forEach(line -> text.append("\n- ")
                .append(name(line.text("sku")))
                .append(": ")
                .append(row(line)));
        if (shown.size() > ROWS) {
            text.append("\n- and ").append(shown.size() - ROWS).append(" more");
        }
        return text.toString();
    }

    private static Source rule() {
        return new Source.Formula("low = on_hand <= reorder_point, or <= " + LOW + " where none is stored");
    }

    private static boolean isLow(Records.Line line) {
        String point = Sieve.text(line, "reorder_point");
        return line.decimal("on_hand").compareTo(point.isEmpty() ? LOW : new BigDecimal(point)) <= 0;
    }

    private static String row(Records.Line line) {
        String point = Sieve.text(line, "reorder_point");
        return line.text("on_hand") + " on " + line.date("date") + (point.isEmpty() ? "" : ", reorder point " + point);
    }

    private String name(String sku) {
        return names.getOrDefault(sku, sku);
    }

    /** Empty when no article is named: then the question is about costs. */
    Optional<Answer> price() {
        if (sieve.skus().isEmpty()) {
            return Optional.empty();
        }
        Records products = shelf.all("products");
        List<Records.Line> lines = products.lines()
                .filter(line -> sieve.skus().containsKey(line.text("sku")))
                .toList();
        StringBuilder text = new StringBuilder("Prices at " + shelf.business().name() + " as they stand:");
        lines.stream().limit(ROWS).forEach(line -> text.append("\n- ")
                .append(name(line.text("sku")))
                .append(": list price ")
                .append(shelf.money(line.decimal("list_price")))
                .append(
                        Sieve.text(line, "unit_cost").isEmpty()
                                ? ", no unit cost stored"
                                : ", unit cost " + shelf.money(line.decimal("unit_cost"))));
        return Optional.of(Answer.of(text + "\n" + sieve.left().strip(), products.source("by article", lines.size())));
    }

    Answer suppliers() {
        Records rows = shelf.all("suppliers");
        List<Records.Line> lines = rows.lines()
                .filter(line -> sieve.skus().isEmpty() || sieve.skus().containsKey(line.text("sku")))
                .toList();
        Source source = rows.source(sieve.skus().isEmpty() ? "all" : sieve.said(), lines.size());
        if (lines.isEmpty()) {
            return Answer.of(
                    "No data: no supplier is stored" + (sieve.skus().isEmpty() ? "" : " for " + sieve.said()) + "."
                            + sieve.left(),
                    source);
        }
        Map<String, List<String>> offers = new TreeMap<>();
        lines.forEach(line -> offers.computeIfAbsent(line.text("supplier"), key -> new ArrayList<>())
                .add(name(line.text("sku")) + " at " + shelf.money(line.decimal("unit_cost"))
                        + (Sieve.text(line, "lead_days").isEmpty() ? "" : " in " + line.text("lead_days") + " days")));
        StringBuilder text = new StringBuilder("Suppliers of "
                + shelf.business().name() + (sieve.skus().isEmpty() ? "" : " for " + sieve.said()) + ":");
        offers.forEach((supplier, what) -> text.append("\n- ")
                .append(supplier)
                .append(": ")
                .append(sieve.skus().isEmpty() ? what.size() + " articles" : String.join("; ", what)));
        return Answer.of(text + "\n" + sieve.left().strip(), source);
    }
}
