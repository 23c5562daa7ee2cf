/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One article as it is offered.
 *
 * @param onHand at its last count; empty when it was never counted
 * @param sold pieces in the days looked at
 * @param gaps what its record lacks
 */
record Offer(
        String sku,
        String name,
        Optional<BigDecimal> cost,
        Optional<BigDecimal> price,
        Optional<Integer> onHand,
        BigDecimal sold,
        Optional<LocalDate> lastSold,
        List<String> gaps) {

    static final String NO_COST = "no cost";
    static final String NO_PRICE = "no price";
    static final String NOT_IN_STOCK = "not in stock";
    static final String NEVER_COUNTED = "never counted";

    /** Its margin as a share of the price; empty without a price or a cost. */
    Optional<BigDecimal> margin() {
        return price.flatMap(asked -> cost.map(paid -> Pricing.margin(asked, paid)));
    }

    /** Every article of the records, by its number, with what it sold since a day. */
    static List<Offer> all(BusinessData business, Inventory inventory, BigDecimal minimumMargin, LocalDate since) {
        Map<String, Article> stock =
                inventory.articles(business).stream().collect(Collectors.toMap(Article::sku, Function.identity()));
        Map<String, BigDecimal> sold = new HashMap<>();
        Map<String, LocalDate> last = new HashMap<>();
        Inventory.all(business, "orders")
                .lines()
                .filter(line -> !Cells.text(line, "status").equals("cancelled"))
                .forEach(line -> {
                    LocalDate day = line.date("date");
                    last.merge(line.text("sku"), day, (a, b) -> a.isAfter(b) ? a : b);
                    if (!day.isBefore(since)) {
                        sold.merge(line.text("sku"), line.decimal("quantity"), BigDecimal::add);
                    }
                });
        return Inventory.all(business, "products")
                .lines()
                .map(line -> {
                    Optional<Article> counted = Optional.ofNullable(stock.get(line.text("sku")));
                    List<String> gaps = gaps(line, counted, !stock.isEmpty(), minimumMargin);
                    return offer(line, counted, gaps, sold, last);
                })
                .sorted(Comparator.comparing(Offer::sku))
                .toList();
    }

    private static Offer offer(
            Records.Line line,
            Optional<Article> stock,
            List<String> gaps,
            Map<String, BigDecimal> sold,
            Map<String, LocalDate> last) {
        String sku = line.text("sku");
        return new Offer(
                sku,
                Cells.text(line, "name"),
                positive(line, "unit_cost"),
                positive(line, "list_price"),
                stock.map(Article::onHand),
                sold.getOrDefault(sku, BigDecimal.ZERO),
                Optional.ofNullable(last.get(sku)),
                gaps);
    }

    /** @param counts whether the business counts stock at all: one that does not may still sell */
    private static List<String> gaps(
            Records.Line line, Optional<Article> stock, boolean counts, BigDecimal minimumMargin) {
        Optional<BigDecimal> cost = positive(line, "unit_cost");
        Optional<BigDecimal> price = positive(line, "list_price");
        List<String> gaps = new ArrayList<>();
        if (cost.isEmpty()) {
            gaps.add(NO_COST);
        }
        if (price.isEmpty()) {
            gaps.add(NO_PRICE);
        }
        if (cost.isPresent()
                && price.isPresent()
                && Pricing.margin(price.get(), cost.get()).compareTo(minimumMargin) < 0) {
            gaps.add(Catalogue.belowMargin(minimumMargin));
        }
        if (counts && stock.isEmpty()) {
            gaps.add(NEVER_COUNTED);
        }
        if (stock.filter(article -> article.onHand() <= 0).isPresent()) {
            gaps.add(NOT_IN_STOCK);
        }
        return List.copyOf(gaps);
    }

    /** A price or a cost of nothing is none. */
    private static Optional<BigDecimal> positive(Records.Line line, String column) {
        return Cells.decimal(line, column).filter(value -> value.signum() > 0);
    }
}
