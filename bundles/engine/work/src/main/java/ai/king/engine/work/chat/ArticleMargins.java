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
import java.util.stream.Collectors;

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
        Map<String, BigDecimal> costs = unitCosts();
        Records orders = shelf.rows("orders", span);
        List<Records.Line> lines = orders.lines()
                .filter(sieve::lets)
                .filter(line -> line.text("status").equals("completed") && costs.containsKey(line.text("sku")))
                .toList();
        Source source = orders.source(span + ", completed" + (sieve.all() ? "" : ", " + sieve.said()), lines.size());
        if (lines.isEmpty()) {
            return Answer.of(
                    "No data: no completed orders of articles with a known cost in " + span + "." + sieve.left(),
                    source);
        }
        return Answer.of(
                "Gross margin by article of " + shelf.business().name() + " (" + span + "), "
                        + (question.least() ? "lowest" : "highest") + " first:" + list(revenueAndCost(lines, costs))
                        + "\n" + sieve.left().strip(),
                source,
                shelf.all("products").source("unit_cost", costs.size()),
                new Source.Formula(
                        "gross margin = (revenue - quantity x today's unit cost) / revenue of completed orders"));
    }

    private Map<String, BigDecimal> unitCosts() {
        Map<String, BigDecimal> costs = new TreeMap<>();
        shelf.all("products")
                .lines()
                .filter(line -> !Sieve.text(line, "unit_cost").isEmpty())
                .forEach(line -> costs.put(line.text("sku"), line.decimal("unit_cost")));
        return costs;
    }

    private static Map<String, BigDecimal[]> revenueAndCost(List<Records.Line> lines, Map<String, BigDecimal> costs) {
        Map<String, BigDecimal[]> sums = new TreeMap<>();
        lines.forEach(line -> {
            String sku = line.text("sku");
            BigDecimal quantity = line.decimal("quantity");
            BigDecimal[] sum = sums.computeIfAbsent(sku, key -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
            sum[0] = sum[0].add(quantity.multiply(line.decimal("unit_price")).subtract(line.decimal("discount")));
            sum[1] = sum[1].add(quantity.multiply(costs.getOrDefault(sku, BigDecimal.ZERO)));
        });
        return sums;
    }

    private String list(Map<String, BigDecimal[]> sums) {
        Map<String, String> names = new TreeMap<>();
        shelf.all("products").lines().forEach(line -> names.put(line.text("sku"), line.text("name")));
        Comparator<Map.Entry<String, BigDecimal[]>> order = Comparator.comparing(entry -> share(entry.getValue()));
        return sums.entrySet().stream()
                .filter(entry -> entry.getValue()[0].signum() > 0)
                .sorted(question.least() ? order : order.reversed())
                .limit(question.many())
                .map(entry -> "\n- " + names.get(entry.getKey()) + " (" + entry.getKey() + "): "
                        + Shelf.percent(share(entry.getValue()), BigDecimal.ONE) + " of "
                        + shelf.money(entry.getValue()[0]))
                .collect(Collectors.joining());
    }

    private static BigDecimal share(BigDecimal[] revenueAndCost) {
        return revenueAndCost[0].signum() <= 0
                ? BigDecimal.ZERO
                : revenueAndCost[0].subtract(revenueAndCost[1]).divide(revenueAndCost[0], 4, RoundingMode.HALF_EVEN);
    }
}
