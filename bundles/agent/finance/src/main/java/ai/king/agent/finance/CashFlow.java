/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cash by month from the last known balance, how many days it lasts, and the health of the account. */
final class CashFlow implements Statement {

    private static final String HEADING = "Cash";
    private static final int OUTFLOW_DAYS = 90;

    private final int months;

    CashFlow(int months) {
        this.months = months;
    }

    @Override
    public Result of(Books books) {
        Optional<LocalDate> last = books.lastDay();
        Optional<Map.Entry<LocalDate, BigDecimal>> opening = books.balance();
        if (last.isEmpty() || opening.isEmpty()) {
            return Result.noData(
                    HEADING, "records of kind orders", "a cost of category cash_balance (the bank balance on a day)");
        }
        LocalDate since = opening.get().getKey();
        BigDecimal balance = opening.get().getValue();
        YearMonth end = YearMonth.from(last.get());
        List<List<String>> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Double> line = new ArrayList<>();
        for (YearMonth month = YearMonth.from(since); !month.isAfter(end); month = month.plusMonths(1)) {
            LocalDate from = month.atDay(1).isBefore(since) ? since : month.atDay(1);
            Flow flow = books.flow(from, month.atEndOfMonth());
            balance = balance.add(flow.profit());
            if (!month.isBefore(end.minusMonths(months - 1L))) {
                rows.add(List.of(
                        month.toString(),
                        Numbers.money(flow.revenue()),
                        Numbers.money(flow.out()),
                        Numbers.money(flow.profit()),
                        Numbers.money(balance)));
                labels.add(month.toString());
                line.add(balance.doubleValue());
            }
        }
        List<Source> sources = books.sources(
                since,
                last.get(),
                "balance = balance of " + since
                        + " + revenue - goods - advertising - costs; goods count when they are sold, because"
                        + " the records hold no payments to suppliers");
        Account account = account(books, last.get(), balance);
        List<Report.Block> blocks = new ArrayList<>(account.blocks(books.currency(), sources));
        blocks.add(new Report.Table(
                "By month, " + books.currency(),
                List.of("Month", "In", "Out", "Net", "Balance at the end"),
                rows,
                sources));
        blocks.add(new Report.Chart(
                "Cash at the end of the month",
                Report.Chart.Kind.LINE,
                labels,
                List.of(new Report.Series("balance", line, List.of(), List.of())),
                books.currency(),
                sources));
        return Result.of(HEADING, blocks, Map.of("cash", account.data()));
    }

    private static Account account(Books books, LocalDate last, BigDecimal balance) {
        Flow recent = books.flow(last.minusDays(OUTFLOW_DAYS - 1L), last);
        BigDecimal perDay = recent.out().divide(BigDecimal.valueOf(OUTFLOW_DAYS), MathContext.DECIMAL64);
        Optional<BigDecimal> reserve = perDay.signum() <= 0
                ? Optional.empty()
                : Optional.of(balance.divide(perDay, MathContext.DECIMAL32).max(BigDecimal.ZERO));
        return new Account(
                balance, perDay, reserve, recent.expenseRatio(), recent.profit().signum() > 0);
    }

    /** The state of the account; ratio and flow of the last 90 days. */
    private record Account(
            BigDecimal balance,
            BigDecimal outPerDay,
            Optional<BigDecimal> reserveDays,
            Optional<BigDecimal> expenseRatio,
            boolean positive) {

        int health() {
            double days = reserveDays.map(BigDecimal::doubleValue).orElse(0.0);
            double ratio = expenseRatio.map(BigDecimal::doubleValue).orElse(Double.MAX_VALUE);
            int score = 50;
            score += days >= 90 ? 20 : days >= 30 ? 10 : 0;
            score += ratio < 0.7 ? 20 : ratio < 0.9 ? 10 : 0;
            score += positive ? 10 : 0;
            return score;
        }

        List<Report.Block> blocks(String currency, List<Source> sources) {
            List<Source> health =
                    List.of(new Source.Formula("50; reserve days >= 90 +20, >= 30 +10; expense ratio < 70 % +20, < 90 %"
                            + " +10; positive flow +10; over the last " + OUTFLOW_DAYS + " days"));
            return List.of(
                    new Report.Figure("Cash balance", Numbers.money(balance), currency, sources),
                    new Report.Figure(
                            "Reserve",
                            days(),
                            "days",
                            List.of(new Source.Formula("balance / mean outflow of the last " + OUTFLOW_DAYS + " days ("
                                    + Numbers.money(outPerDay) + " " + currency + " a day)"))),
                    new Report.Figure(
                            "Expense ratio", expenseRatio.map(Numbers::percent).orElse("no data"), "", health),
                    new Report.Figure("Account health", Integer.toString(health()), "of 100", health));
        }

        private String days() {
            return reserveDays.map(value -> value.toBigInteger().toString()).orElse("no data");
        }

        Map<String, Object> data() {
            return Map.of(
                    "balance", Numbers.data(balance),
                    "reserveDays", days(),
                    "expenseRatio", expenseRatio.map(BigDecimal::toPlainString).orElse("no data"),
                    "positiveFlow", positive,
                    "accountHealth", health());
        }
    }
}
