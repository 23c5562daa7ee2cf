/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.Records;
import ai.king.agent.Source;
import ai.king.business.Businesses;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/** Answers about how a business stands: rates that are measured, targets, its health, its documents. */
final class Standing {

    private final Shelf shelf;
    private final Question question;
    private final Sieve sieve;
    private final LocalDate today;
    private final Businesses businesses;

    Standing(Shelf shelf, Question question, Sieve sieve, LocalDate today, Businesses businesses) {
        this.shelf = shelf;
        this.question = question;
        this.sieve = sieve;
        this.today = today;
        this.businesses = businesses;
    }

    /** The mean of a rate, or the sum of the sessions. */
    Answer metric(Topic topic) {
        String column =
                topic == Topic.SESSIONS ? "sessions" : topic.name().toLowerCase(java.util.Locale.ROOT) + "_rate";
        Span span = question.span(today);
        Records rows = shelf.rows("metrics", span);
        List<BigDecimal> measured = measured(column, rows);
        Source source = rows.source(span + ", " + column, measured.size());
        if (measured.isEmpty()) {
            return Answer.of(shelf.missing("metrics", span) + sieve.left(), source);
        }
        String name = column.replace('_', ' ');
        return Answer.of(
                Character.toUpperCase(name.charAt(0)) + name.substring(1) + " of "
                        + shelf.business().name() + " (" + span + "): " + figure(topic, measured) + "."
                        + compared(topic, column, span)
                        + (sieve.all() ? "" : " It is not stored by article or channel.") + sieve.left(),
                source,
                new Source.Formula(topic == Topic.SESSIONS ? "sum of sessions" : "mean of " + column));
    }

    private static List<BigDecimal> measured(String column, Records rows) {
        return rows.columns().contains(column)
                ? rows.lines()
                        .map(line -> Sieve.text(line, column))
                        .filter(cell -> !cell.isEmpty())
                        .map(BigDecimal::new)
                        .toList()
                : List.of();
    }

    private static String figure(Topic topic, List<BigDecimal> measured) {
        BigDecimal sum = measured.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return topic == Topic.SESSIONS
                ? Shelf.grouped(sum)
                : sum.divide(BigDecimal.valueOf(measured.size()), 2, RoundingMode.HALF_EVEN) + " %, the mean of "
                        + measured.size() + " measured days";
    }

    private String compared(Topic topic, String column, Span span) {
        if (!question.compares() || span.open()) {
            return "";
        }
        Span other = question.besides(span);
        List<BigDecimal> before = measured(column, shelf.rows("metrics", other));
        return before.isEmpty()
                ? " Nothing to compare with: nothing was measured in " + other + "."
                : " In " + other + " it was " + figure(topic, before) + ".";
    }

    /** The targets of the periods that the question names, or of the running ones, beside what was reached. */
    Answer targets() {
        Span span = question.spans().isEmpty() ? Span.day(today, "today") : question.span(today);
        Records targets = shelf.all("targets");
        List<Records.Line> lines = targets.lines()
                .filter(line -> {
                    List<Span> of = Periods.in(line.text("period"), LocalDate.of(9999, 12, 31))
                            .spans();
                    return !of.isEmpty()
                            && !of.get(0).from().isAfter(span.to())
                            && !of.get(0).to().isBefore(span.from());
                })
                .toList();
        Source source = targets.source("periods in " + span, lines.size());
        if (lines.isEmpty()) {
            return Answer.of(
                    "No data: no target is stored for " + span + "; there are "
                            + targets.rows().size() + " for other periods." + sieve.left(),
                    source);
        }
        StringBuilder text = new StringBuilder("Targets of " + shelf.business().name() + ":");
        for (Records.Line line : lines) {
            Span period = Periods.in(line.text("period"), LocalDate.of(9999, 12, 31))
                    .spans()
                    .get(0);
            Span so = period.contains(today) ? period.until(today) : period;
            text.append("\n- ")
                    .append(line.text("metric").replace('_', ' '))
                    .append(' ')
                    .append(line.text("period"))
                    .append(": target ")
                    .append(line.text("target"))
                    .append(' ')
                    .append(Sieve.text(line, "unit"))
                    .append(", reached ")
                    .append(reached(line.text("metric"), so))
                    .append(so.equals(period) ? "" : " to " + so.to());
        }
        return Answer.of(text + "\n" + sieve.left().strip(), source);
    }

    private String reached(String metric, Span span) {
        return switch (metric) {
            case "revenue", "orders", "return_rate" -> sales(metric, span);
            case "bounce_rate", "conversion_rate", "churn_rate" -> {
                List<BigDecimal> cells = measured(metric, shelf.rows("metrics", span));
                yield cells.isEmpty()
                        ? "no data"
                        : cells.stream()
                                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                                        .divide(BigDecimal.valueOf(cells.size()), 2, RoundingMode.HALF_EVEN)
                                + " %";
            }
            case "gross_margin" -> new Accounts(shelf, question, sieve, today, businesses)
                    .books(span)
                    .map(books -> books.margin())
                    .map(margin -> Shelf.percent(margin, BigDecimal.ONE))
                    .orElse("no data");
            default -> "not computed here";
        };
    }

    private String sales(String metric, Span span) {
        Records rows = shelf.rows("orders", span);
        List<Records.Line> done = rows.lines()
                .filter(line -> line.text("status").equals("completed"))
                .toList();
        long returned = rows.lines()
                .filter(line -> line.text("status").equals("returned"))
                .count();
        if (rows.isEmpty()) {
            return "no data";
        }
        return switch (metric) {
            case "orders" -> Shelf.count(done.size()) + " completed";
            case "revenue" -> shelf.money(done.stream()
                    .map(line -> line.decimal("quantity")
                            .multiply(line.decimal("unit_price"))
                            .subtract(line.decimal("discount")))
                    .reduce(BigDecimal.ZERO, BigDecimal::add));
            default -> Shelf.percent(
                    BigDecimal.valueOf(returned), BigDecimal.valueOf(Math.max(1, done.size() + returned)));
        };
    }

    Answer health() {
        Businesses.Health health = businesses.health(shelf.business().id());
        Answer books = new Accounts(shelf, question, sieve, today, businesses).profit(Topic.PROFIT);
        StringBuilder text =
                new StringBuilder(books.text() + "\n" + shelf.business().name() + " is in "
                        + shelf.business().status() + ", health " + health.score() + " of 100.");
        health.parts().stream().filter(part -> part.points() > 0).limit(8).forEach(part -> text.append("\n- ")
                .append(part.reason())
                .append(": -")
                .append(part.points()));
        return Answer.of(text.toString(), books.sources());
    }

    Answer documents() {
        var documents = shelf.data().documents();
        if (documents.isEmpty()) {
            return Answer.of("No data: " + shelf.business().name() + " has no documents.");
        }
        StringBuilder text =
                new StringBuilder("Documents of " + shelf.business().name() + ":");
        documents.stream().limit(30).forEach(document -> text.append("\n- ")
                .append(document.name())
                .append(" (")
                .append(document.mediaType())
                .append(")"));
        return Answer.of(text.toString());
    }
}
