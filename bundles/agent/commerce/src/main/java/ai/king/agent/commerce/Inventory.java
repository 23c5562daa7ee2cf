/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is in stock, by the last count of each article. */
final class Inventory {

    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final int SALES_DAYS = 28;

    private final int lowStock;

    Inventory(int lowStock) {
        this.lowStock = lowStock;
    }

    static Records all(BusinessData business, String kind) {
        return business.records(kind, FIRST, LAST);
    }

    /** The articles, by their number. */
    List<Article> articles(BusinessData business) {
        Map<String, String> names = new HashMap<>();
        all(business, "products").lines().forEach(line -> names.put(line.text("sku"), line.text("name")));
        TreeMap<String, Records.Line> last = new TreeMap<>();
        all(business, "stock")
                .lines()
                .forEach(line -> last.merge(
                        line.text("sku"), line, (a, b) -> a.date("date").isAfter(b.date("date")) ? a : b));
        Map<String, BigDecimal> perDay = sales(business);
        return last.values().stream()
                .map(line -> new Article(
                        line.text("sku"),
                        names.getOrDefault(line.text("sku"), line.text("sku")),
                        line.date("date"),
                        line.decimal("on_hand").intValue(),
                        reorderPoint(line),
                        perDay.getOrDefault(line.text("sku"), BigDecimal.ZERO)))
                .toList();
    }

    private int reorderPoint(Records.Line line) {
        int point = Cells.decimal(line, "reorder_point").orElse(BigDecimal.ZERO).intValue();
        return point > 0 ? point : lowStock;
    }

    /** Pieces a day over the last four weeks of orders. */
    private static Map<String, BigDecimal> sales(BusinessData business) {
        Records orders = all(business, "orders");
        Optional<LocalDate> end = orders.lines().map(line -> line.date("date")).max(LocalDate::compareTo);
        Map<String, BigDecimal> pieces = new HashMap<>();
        orders.lines()
                .filter(line -> !line.text("status").equals("cancelled"))
                .filter(line -> line.date("date").isAfter(end.orElse(LAST).minusDays(SALES_DAYS)))
                .forEach(line -> pieces.merge(line.text("sku"), line.decimal("quantity"), BigDecimal::add));
        pieces.replaceAll((sku, sum) -> sum.divide(BigDecimal.valueOf(SALES_DAYS), MathContext.DECIMAL32));
        return pieces;
    }

    static List<Source> sources(BusinessData business) {
        Records stock = all(business, "stock");
        Records orders = all(business, "orders");
        return List.of(
                stock.source("last count of each article", stock.rows().size()),
                orders.source(
                        "last " + SALES_DAYS + " days, not cancelled",
                        orders.rows().size()),
                new Source.Formula("pieces a day = pieces ordered in the last " + SALES_DAYS + " days / " + SALES_DAYS
                        + "; lasts = on hand / pieces a day; low when on hand is not above the reorder point"));
    }

    Outcome report(BusinessData business) {
        List<Article> articles = articles(business);
        if (articles.isEmpty()) {
            return new Outcome.Declined(List.of("records of kind stock"));
        }
        List<Source> sources = sources(business);
        List<Article> low = articles.stream().filter(Article::low).toList();
        List<List<String>> rows = articles.stream()
                .map(article -> List.of(
                        article.sku(),
                        article.name(),
                        Integer.toString(article.onHand()),
                        Integer.toString(article.reorderPoint()),
                        article.lasts(),
                        article.low() ? "low" : ""))
                .toList();
        Report.Text summary = new Report.Text(
                low.isEmpty()
                        ? "No article is at or below its reorder point."
                        : low.size() + " articles are at or below their reorder point: "
                                + String.join(
                                        ", ", low.stream().map(Article::sku).toList()) + ".",
                sources);
        Report.Table table = new Report.Table(
                "Stock on " + articles.get(0).counted(),
                List.of("Article", "Name", "On hand", "Reorder point", "Lasts, days", ""),
                rows,
                sources);
        return new Outcome.Done(
                Map.of("low", low.stream().map(Article::sku).toList()),
                new Report(List.of(new Report.Section("Stock", List.of(summary, table)))));
    }
}
