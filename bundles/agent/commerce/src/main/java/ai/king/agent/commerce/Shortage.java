/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What orders lack, and the day on which the fastest supplier has delivered it when it is ordered today. */
final class Shortage {

    private final Coverage coverage;
    private final Map<String, Article> stock;
    private final Records suppliers;

    Shortage(Coverage coverage, Map<String, Article> stock, BusinessData business) {
        this.coverage = coverage;
        this.stock = stock;
        suppliers = Inventory.all(business, "suppliers");
    }

    Report.Table table(LocalDate today, List<Source> records) {
        List<List<String>> rows = new ArrayList<>();
        coverage.lacking().forEach((sku, lack) -> rows.add(row(sku, lack, today)));
        List<Source> sources = new ArrayList<>(records);
        sources.add(suppliers.source(
                "the shortest lead_days of each article", suppliers.rows().size()));
        sources.add(new Source.Formula("until = " + today + " + lead days"));
        return new Report.Table(
                "Short of, and until when if it is ordered today",
                List.of("Article", "Lacking", "Orders", "On hand", "Fastest supplier", "Until"),
                rows,
                sources);
    }

    private List<String> row(String sku, Coverage.Lack lack, LocalDate today) {
        List<Records.Line> offers =
                suppliers.lines().filter(line -> line.text("sku").equals(sku)).toList();
        Optional<Records.Line> fastest = offers.stream()
                .filter(line -> Cells.decimal(line, "lead_days").isPresent())
                .min(Comparator.comparing((Records.Line line) -> line.decimal("lead_days"))
                        .thenComparing(line -> line.text("supplier_id")));
        String nobody = offers.isEmpty() ? "no data: no supplier offers it" : "no data: lead_days of its suppliers";
        return List.of(
                sku,
                lack.pieces().toPlainString(),
                Integer.toString(lack.orders()),
                Optional.ofNullable(stock.get(sku))
                        .map(article -> article.onHand() + " on " + article.counted())
                        .orElse("no data"),
                fastest.map(line -> line.text("supplier")).orElse(nobody),
                fastest.map(line -> until(line, today)).orElse("no data"));
    }

    private static String until(Records.Line offer, LocalDate today) {
        long days = offer.decimal("lead_days").setScale(0, RoundingMode.CEILING).longValue();
        return today.plusDays(days).toString();
    }
}
