/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.Records;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gross margin by article at today's unit costs: other costs are not stored by article. */
final class ArticleMargins {

    private final Shelf shelf;
    private final Question question;
    private final Sieve sieve;

    ArticleMargins(Shelf shelf, Question question, Sieve sieve) {
        this.shelf = shelf;
        this.question = question;
        this.sieve = sieve;
    }

    Answer of(Span span) {
        Records products = shelf.all("products");
        Map<String, BigDecimal> unit = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        products.lines().forEach(line -> {
            names.put(line.text("sku"), line.text("name") + " (" + line.text("sku") + ")");
            if (!Sieve.text(line, "unit_cost").isEmpty()) {
                unit.put(line.text("sku"), line.decimal("unit_cost"));
            }
        });
        Map<String, BigDecimal[]> sums = new TreeMap<>();
        Records orders = shelf.rows("orders", span);
        List<Records.Line> lines = orders.lines()
                .filter(sieve::lets)
                .filter(line -> line.text("status").equals("completed") && unit.containsKey(line.text("sku")))
                .toList();
        lines.forEach(line -> {
            BigDecimal quantity = line.decimal("quantity");
            BigDecimal[] sum =
                    sums.computeIfAbsent(line.text("sku"), sku -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
            sum[0] = sum[0].add(quantity.multiply(line.decimal("unit_price")).subtract(line.decimal("discount")));
            sum[1] = sum[1].add(quantity.multiply(unit.getOrDefault(line.text("sku"), BigDecimal.ZERO)));
        });
        Source source = orders.source(span + ", completed" + (sieve.all() ? "" : ", " + sieve.said()), lines.size());
        if (sums.isEmpty()) {
            return Answer.of(
                    "No data: no completed orders of articles with a known cost in " + span + "." + sieve.left(),
                    source);
        }
        Comparator<Map.Entry<String, BigDecimal[]>> order = Comparator.comparing(entry -> share(entry.getValue()));
        StringBuilder text = new StringBuilder(
                "Gross margin by article of " + shelf.business().name() + " (" + span + "), "
                        + (question.least() ? "lowest" : "highest") + " first:");
        sums.entrySet().stream()
                .filter(entry -> entry.getValue()[0].signum() > 0)
                .sorted(question.least() ? order : order.reversed())
                .limit(10)
                .forEach(entry -> text.append("\n- ")
                        .append(names.get(entry.getKey()))
                        .append(": ")
                        .append(Shelf.percent(share(entry.getValue()), BigDecimal.ONE))
                        .append(" of ")
                        .append(shelf.money(entry.getValue()[0])));
        return Answer.of(
                text + "\n" + sieve.left().strip(),
                source,
                products.source("unit_cost", unit.size()),
                new Source.Formula(
                        "gross margin = (revenue - quantity x today's unit cost) / revenue of completed orders"));
    }

    private static BigDecimal share(BigDecimal[] revenueAndCost) {
        return revenueAndCost[0].signum() <= 0
                ? BigDecimal.ZERO
                : revenueAndCost[0].subtract(revenueAndCost[1]).divide(revenueAndCost[0], 4, RoundingMode.HALF_EVEN);
    }
}
