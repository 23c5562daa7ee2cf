/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import ai.king.business.Business;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The records of one business while one question is answered, each read once. */
final class Shelf {

    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final Business business;
    private final BusinessData data;
    private final Map<String, Records> read = new HashMap<>();

    Shelf(Business business, BusinessData data) {
        this.business = business;
        this.data = data;
    }

    Business business() {
        return business;
    }

    BusinessData data() {
        return data;
    }

    Records rows(String kind, Span span) {
        return read.computeIfAbsent(
                kind + " " + span.from() + " " + span.to(), key -> data.records(kind, span.from(), span.to()));
    }

    Records all(String kind) {
        return rows(kind, new Span(Span.EVER, LAST, ""));
    }

    /** The first and the last day that a kind has rows of. */
    Optional<Span> reach(String kind) {
        return days(all(kind));
    }

    static Optional<Span> days(Records records) {
        LocalDate first = LAST;
        LocalDate last = Span.EVER;
        for (Records.Line line : (Iterable<Records.Line>) records.lines()::iterator) {
            LocalDate day = line.date("date");
            first = day.isBefore(first) ? day : first;
            last = day.isAfter(last) ? day : last;
        }
        return first.isAfter(last) ? Optional.empty() : Optional.of(new Span(first, last, ""));
    }

    /** Says that there is nothing, and what is there instead. */
    String missing(String kind, Span span) {
        String there = reach(kind)
                .map(reach -> "; " + kind + " are stored from " + reach.from() + " to " + reach.to())
                .orElse("; there are no " + kind + " of " + business.name() + " at all, they can be imported");
        return "No data: there are no rows of " + kind + " in " + span + there + ".";
    }

    String money(BigDecimal amount) {
        return grouped(amount.setScale(2, RoundingMode.HALF_EVEN)) + " " + business.currency();
    }

    static String grouped(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,." + Math.max(0, amount.scale()) + "f", amount);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share of a whole in percent. */
    static String percent(BigDecimal part, BigDecimal whole) {
        return part.multiply(BigDecimal.valueOf(100)).divide(whole, 1, RoundingMode.HALF_EVEN) + " %";
    }
}
