/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.ToolResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Orders what is low: enough for the delivery and the days to cover, at the cheapest offer, one order a supplier. */
final class Reordering {

    private static final String TOOL = "suppliers.purchase";

    private final Inventory inventory;
    private final int coverDays;

    Reordering(Inventory inventory, int coverDays) {
        this.inventory = inventory;
        this.coverDays = coverDays;
    }

    /** One article of an order. */
    private record Position(Article article, String supplierId, String supplier, int quantity, BigDecimal unitCost) {

        BigDecimal amount() {
            return unitCost.multiply(BigDecimal.valueOf(quantity)).setScale(2, RoundingMode.HALF_EVEN);
        }
    }

    Outcome order(BusinessData business, AgentContext context) {
        List<Article> articles = inventory.articles(business);
        Records offers = Inventory.all(business, "suppliers");
        if (articles.isEmpty() || offers.isEmpty()) {
            return new Outcome.Declined(List.of(
                    articles.isEmpty() ? "records of kind stock" : "records of kind suppliers (the catalogue)"));
        }
        List<Source> sources = new ArrayList<>(Inventory.sources(business));
        sources.add(
                offers.source("cheapest offer of each article", offers.rows().size()));
        sources.add(new Source.Formula(
                "quantity = pieces a day x (lead days + " + coverDays + ") - on hand, at least the minimum quantity"));
        TreeMap<String, List<Position>> bySupplier = new TreeMap<>();
        List<String> withoutOffer = new ArrayList<>();
        for (Article article : articles.stream().filter(Article::low).toList()) {
            Optional<Position> position = position(article, offers);
            position.ifPresentOrElse(
                    found -> bySupplier
                            .computeIfAbsent(found.supplierId(), unused -> new ArrayList<>())
                            .add(found),
                    () -> withoutOffer.add(article.sku()));
        }
        List<Report.Block> blocks = new ArrayList<>();
        List<Map<String, Object>> placed = new ArrayList<>();
        for (List<Position> positions : bySupplier.values()) {
            ToolResult result = context.call(TOOL, arguments(business, positions));
            if (result instanceof ToolResult.Missing missing) {
                return new Outcome.Declined(missing.missing());
            }
            if (result instanceof ToolResult.Failed failed) {
                return new Outcome.Failed(positions.get(0).supplier() + ": " + failed.reason(), failed.retriable());
            }
            blocks.add(table(business, positions, sources));
            placed.add(arguments(business, positions));
        }
        if (blocks.isEmpty()) {
            blocks.add(new Report.Text("Nothing to order: no article is at or below its reorder point.", sources));
        }
        if (!withoutOffer.isEmpty()) {
            blocks.add(new Report.Advice(
                    "Find a supplier for " + String.join(", ", withoutOffer),
                    "low in stock, and nobody in the catalogue offers them with a lead time",
                    sources));
        }
        return new Outcome.Done(
                Map.of("purchaseOrders", placed),
                new Report(List.of(new Report.Section("Orders at suppliers", blocks))));
    }

    private Optional<Position> position(Article article, Records offers) {
        return offers.lines()
                .filter(line -> line.text("sku").equals(article.sku()))
                // How much to order depends on the days it takes: an offer that does not say them is none.
                .filter(line -> Cells.decimal(line, "lead_days").isPresent())
                .min(Comparator.comparing((Records.Line line) -> line.decimal("unit_cost"))
                        .thenComparing(line -> line.text("supplier_id")))
                .map(offer -> {
                    BigDecimal days = offer.decimal("lead_days").add(BigDecimal.valueOf(coverDays));
                    int wanted = article.perDay()
                                    .multiply(days)
                                    .setScale(0, RoundingMode.CEILING)
                                    .intValue()
                            - article.onHand();
                    int quantity = Math.max(
                            wanted,
                            Math.max(
                                    1,
                                    Cells.decimal(offer, "min_quantity")
                                            .orElse(BigDecimal.ONE)
                                            .intValue()));
                    return new Position(
                            article,
                            offer.text("supplier_id"),
                            offer.text("supplier"),
                            quantity,
                            offer.decimal("unit_cost"));
                });
    }

    private static BigDecimal total(List<Position> positions) {
        return positions.stream().map(Position::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Map<String, Object> arguments(BusinessData business, List<Position> positions) {
        List<Map<String, Object>> lines = positions.stream()
                .map(position -> Map.<String, Object>of(
                        "sku", position.article().sku(),
                        "quantity", position.quantity(),
                        "unitCost", position.unitCost().toPlainString()))
                .toList();
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("supplierId", positions.get(0).supplierId());
        arguments.put("lines", lines);
        arguments.put("amount", total(positions).toPlainString());
        arguments.put("currency", business.profile().getOrDefault("currency", ""));
        arguments.put("reason", reason(positions));
        return arguments;
    }

    private static String reason(List<Position> positions) {
        String text = positions.get(0).supplier() + ": "
                + String.join(
                        "; ",
                        positions.stream()
                                .map(position -> position.article().sku() + " has "
                                        + position.article().onHand() + ", reorder point "
                                        + position.article().reorderPoint())
                                .toList());
        return text.length() <= 500 ? text : text.substring(0, 499) + "…";
    }

    private static Report.Table table(BusinessData business, List<Position> positions, List<Source> sources) {
        List<List<String>> rows = new ArrayList<>();
        for (Position position : positions) {
            rows.add(List.of(
                    position.article().sku(),
                    position.article().name(),
                    Integer.toString(position.article().onHand()),
                    Integer.toString(position.quantity()),
                    position.unitCost().toPlainString(),
                    position.amount().toPlainString()));
        }
        rows.add(List.of("Sum", "", "", "", "", total(positions).toPlainString()));
        return new Report.Table(
                "Ordered at " + positions.get(0).supplier() + ", "
                        + business.profile().getOrDefault("currency", ""),
                List.of("Article", "Name", "On hand", "Ordered", "Unit cost", "Amount"),
                rows,
                sources);
    }
}
