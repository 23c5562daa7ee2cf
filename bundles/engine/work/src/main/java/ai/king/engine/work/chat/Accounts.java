/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.Records;
import ai.king.agent.Source;
import ai.king.business.Businesses;
import ai.king.business.Businesses.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers about money beside revenue: advertising, costs, profit, margin, cash. */
final class Accounts {

    private static final String BALANCE = "cash_balance";
    private static final String PROFIT =
            "profit = revenue - cost of goods (today's unit cost of what was shipped) - advertising - other costs;"
                    + " gross margin = (revenue - cost of goods) / revenue";

    private final Shelf shelf;
    private final Question question;
    private final Sieve sieve;
    private final LocalDate today;
    private final Businesses businesses;

    Accounts(Shelf shelf, Question question, Sieve sieve, LocalDate today, Businesses businesses) {
        this.shelf = shelf;
        this.question = question;
        this.sieve = sieve;
        this.today = today;
        this.businesses = businesses;
    }

    Answer advertising() {
        Span span = question.span(today);
        Records rows = shelf.rows("advertising", span);
        List<Records.Line> lines = rows.lines()
                .filter(line -> sieve.channels().isEmpty() || sieve.channels().contains(line.text("channel")))
                .toList();
        Source source = rows.source(span + channels(), lines.size());
        if (lines.isEmpty()) {
            String why = rows.isEmpty()
                    ? shelf.missing("advertising", span)
                    : "No data: no advertising" + channels() + " in " + span + ".";
            return Answer.of(why + sieve.left(), source);
        }
        Map<String, BigDecimal> byChannel = totals(lines, "channel", "spend");
        BigDecimal total = sum(byChannel);
        String text = "Advertising spend of " + shelf.business().name() + channels() + " (" + span + "): "
                + shelf.money(total) + "." + list(byChannel) + articles() + sieve.left();
        return Answer.of(text, source, new Source.Formula("sum of spend by channel"));
    }

    private String channels() {
        return sieve.channels().isEmpty() ? "" : ", channel " + String.join(", ", sieve.channels());
    }

    private String articles() {
        return sieve.skus().isEmpty() ? "" : " Advertising is not stored by article: this is for all of them.";
    }

    /** What was paid, by category; one category when the question names it. */
    Answer costs() {
        Span span = question.span(today);
        Records rows = shelf.rows("costs", span);
        List<Records.Line> lines = rows.lines()
                .filter(line -> !line.text("category").equals(BALANCE))
                .toList();
        List<String> named = lines.stream()
                .map(line -> line.text("category"))
                .distinct()
                .filter(category -> question.text()
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains(category.replace('_', ' ').replaceAll("s$", "")))
                .toList();
        if (!named.isEmpty()) {
            List<Records.Line> of = lines.stream()
                    .filter(line -> named.contains(line.text("category")))
                    .toList();
            String which = String.join(", ", named);
            return Answer.of(
                    "Costs for " + which + " of " + shelf.business().name() + " (" + span + "): "
                            + shelf.money(sum(totals(of, "category", "amount"))) + ".",
                    rows.source(span + ", category " + which, of.size()));
        }
        Optional<Period> books = books(span);
        if (books.isEmpty()) {
            return Answer.of(shelf.missing("costs", span), rows.source(span.toString(), 0));
        }
        Period period = books.get();
        Map<String, BigDecimal> parts = totals(lines, "category", "amount");
        parts.put("cost of goods", period.costOfGoods().amount());
        parts.put("advertising", period.advertising().amount());
        String text = "Costs of " + shelf.business().name() + " (" + span + "): " + shelf.money(sum(parts)) + "."
                + list(parts) + unknown(period) + sieve.left();
        return Answer.of(text, sources(span));
    }

    Answer profit(Topic topic) {
        Span span = question.span(today);
        Optional<Period> books = books(span);
        if (books.isEmpty()) {
            return Answer.of(shelf.missing("orders", span) + sieve.left(), sources(span));
        }
        if (!sieve.skus().isEmpty()
                || question.by()
                        .filter(by -> by == Question.Group.PRODUCT || by == Question.Group.CATEGORY)
                        .isPresent()) {
            return new ArticleMargins(shelf, question, sieve).of(span);
        }
        Period period = books.get();
        String margin = period.margin() == null
                ? "no gross margin, because there is no revenue"
                : "gross margin " + Shelf.percent(period.margin(), BigDecimal.ONE);
        String lines = "revenue " + shelf.money(period.revenue().amount()) + ", cost of goods "
                + shelf.money(period.costOfGoods().amount()) + ", advertising "
                + shelf.money(period.advertising().amount()) + ", other costs "
                + shelf.money(period.otherCosts().amount());
        String profit = (period.profit().amount().signum() < 0 ? "Loss" : "Profit") + " of ";
        String head = topic == Topic.MARGIN
                ? "Margin of " + shelf.business().name() + " (" + span + "): " + margin
                : profit + shelf.business().name() + " (" + span + "): "
                        + shelf.money(period.profit().amount()) + ", " + margin;
        return Answer.of(head + ".\n- " + lines + "." + months(span) + unknown(period) + sieve.left(), sources(span));
    }

    private String months(Span span) {
        if (question.by()
                .filter(by -> by == Question.Group.MONTH || by == Question.Group.WEEK || by == Question.Group.DAY)
                .isEmpty()) {
            return "";
        }
        Businesses.Grain grain = Businesses.Grain.valueOf(question.by().get().name());
        StringBuilder text = new StringBuilder();
        List<Period> periods = new ArrayList<>(businesses.pnl(shelf.business().id(), span.from(), span.to(), grain));
        if (question.ranked()) {
            Comparator<Period> order =
                    Comparator.comparing(period -> period.profit().amount());
            periods.sort(question.least() ? order : order.reversed());
        }
        periods.stream().limit(60).forEach(period -> text.append("\n- ")
                .append(period.from())
                .append(" to ")
                .append(period.to())
                .append(": profit ")
                .append(shelf.money(period.profit().amount())));
        return text.toString();
    }

    Answer cash() {
        Span span = question.span(today);
        Records rows = shelf.rows("costs", new Span(Span.EVER, span.to(), ""));
        Optional<Records.Line> last = rows.lines()
                .filter(line -> line.text("category").equals(BALANCE))
                .max(Comparator.comparing(line -> line.date("date")));
        Source source = rows.source("category " + BALANCE + " to " + span.to(), last.isPresent() ? 1 : 0);
        return last.map(line -> Answer.of(
                        "Cash of " + shelf.business().name() + ": " + shelf.money(line.decimal("amount"))
                                + " at the start of " + line.date("date")
                                + ", the last stored balance; what came and went since is not part of it.",
                        source))
                .orElseGet(() -> Answer.of(
                        "No data: there is no balance to " + span.to()
                                + "; it is stored as a row of costs of the category " + BALANCE + ".",
                        source));
    }

    /** One period over all days. */
    Optional<Period> books(Span span) {
        List<Period> months = businesses.pnl(shelf.business().id(), span.from(), span.to(), Businesses.Grain.MONTH);
        return months.stream().reduce(Accounts::both);
    }

    private static Period both(Period one, Period two) {
        BigDecimal revenue = one.revenue().amount().add(two.revenue().amount());
        BigDecimal goods = one.costOfGoods().amount().add(two.costOfGoods().amount());
        String currency = one.revenue().currency();
        return new Period(
                one.from(),
                two.to(),
                money(revenue, currency),
                money(goods, currency),
                money(one.advertising().amount().add(two.advertising().amount()), currency),
                money(one.otherCosts().amount().add(two.otherCosts().amount()), currency),
                money(one.profit().amount().add(two.profit().amount()), currency),
                revenue.signum() <= 0 ? null : revenue.subtract(goods).divide(revenue, 4, RoundingMode.HALF_EVEN),
                one.orders() + two.orders(),
                one.withoutCost() + two.withoutCost());
    }

    private static ai.king.tool.Money money(BigDecimal amount, String currency) {
        return new ai.king.tool.Money(amount, currency);
    }

    private static String unknown(Period period) {
        return period.withoutCost() == 0
                ? ""
                : " Missing: the cost of " + Shelf.count(period.withoutCost()) + " of " + Shelf.count(period.orders())
                        + " orders, whose articles have none.";
    }

    private List<Source> sources(Span span) {
        Records orders = shelf.rows("orders", span);
        Records costs = shelf.rows("costs", span);
        Records ads = shelf.rows("advertising", span);
        Records products = shelf.all("products");
        return List.of(
                orders.source(span.toString(), orders.rows().size()),
                products.source("unit_cost", products.rows().size()),
                ads.source(span.toString(), ads.rows().size()),
                costs.source(
                        span + ", without " + BALANCE,
                        costs.lines()
                                .filter(line -> !line.text("category").equals(BALANCE))
                                .count()),
                new Source.Formula(PROFIT));
    }

    private static Map<String, BigDecimal> totals(List<Records.Line> lines, String key, String amount) {
        Map<String, BigDecimal> totals = new TreeMap<>();
        lines.forEach(line -> totals.merge(line.text(key), line.decimal(amount), BigDecimal::add));
        return totals;
    }

    private static BigDecimal sum(Map<String, BigDecimal> parts) {
        return parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String list(Map<String, BigDecimal> parts) {
        StringBuilder text = new StringBuilder();
        if (parts.size() > 1) {
            parts.entrySet().stream()
                    .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
                    .limit(12)
                    .forEach(part -> text.append("\n- ")
                            .append(part.getKey())
                            .append(": ")
                            .append(shelf.money(part.getValue())));
            text.append('\n');
        }
        return text.toString();
    }
}
