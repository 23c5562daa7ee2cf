/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where the records and the shop say different things of an article. */
final class ShopDifferences {

    private static final int MOST_ROWS = 200;

    private final List<Offer> offers;
    private final Shop.Reading<Shop.Listed> listed;

    ShopDifferences(List<Offer> offers, Shop.Reading<Shop.Listed> listed) {
        this.offers = offers;
        this.listed = listed;
    }

    Report.Section section(List<Source> records, Instant now) {
        List<Source> sources = new ArrayList<>(records);
        if (listed.refused().isPresent()) {
            return new Report.Section(
                    "Records and shop",
                    List.of(new Report.Text(
                            "No data of the shop: it misses " + String.join("; ", listed.missing()) + ".", sources)));
        }
        sources.add(new Source.Formula("articles of the shop: " + listed.found().size() + " variants as "
                + Shop.PRODUCTS + " answered on " + now.toString().substring(0, 10)));
        List<List<String>> rows = rows();
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure("Differences", Integer.toString(rows.size()), "", sources));
        if (!rows.isEmpty()) {
            blocks.add(new Report.Table(
                    rows.size() <= MOST_ROWS
                            ? "Records and shop"
                            : "Records and shop, the first " + MOST_ROWS + " of " + rows.size(),
                    List.of("Article", "Difference", "Records", "Shop"),
                    rows.stream().limit(MOST_ROWS).toList(),
                    sources));
        }
        if (listed.cut()) {
            blocks.add(new Report.Text(
                    "The shop holds more articles than were read: what is not in the shop cannot be told.", sources));
        }
        return new Report.Section("Records and shop", blocks);
    }

    private List<List<String>> rows() {
        Map<String, List<Shop.Listed>> bySku = listed.found().stream()
                .collect(Collectors.groupingBy(Shop.Listed::sku, TreeMap::new, Collectors.toList()));
        List<List<String>> rows = new ArrayList<>();
        for (Offer offer : offers) {
            List<Shop.Listed> found = bySku.getOrDefault(offer.sku(), List.of());
            bySku.remove(offer.sku());
            if (found.isEmpty() && !listed.cut()) {
                rows.add(List.of(offer.sku(), "not in the shop", offer.name(), ""));
            } else if (found.size() > 1) {
                rows.add(List.of(offer.sku(), "several in the shop", offer.name(), Integer.toString(found.size())));
            } else if (!found.isEmpty()) {
                one(offer, found.get(0), rows);
            }
        }
        bySku.forEach((sku, found) -> found.forEach(
                each -> rows.add(List.of(sku.isEmpty() ? "no number" : sku, "not in the records", "", each.title()))));
        return rows;
    }

    private static void one(Offer offer, Shop.Listed there, List<List<String>> rows) {
        if (!samePrice(offer.price(), there.price())) {
            rows.add(List.of(
                    offer.sku(),
                    "another price",
                    offer.price().map(BigDecimal::toPlainString).orElse("no data"),
                    there.price().isEmpty() ? "no data" : there.price()));
        }
        if (!there.onSale() && offer.gaps().isEmpty()) {
            rows.add(List.of(offer.sku(), "complete and not on sale", "complete", there.status()));
        }
        if (there.onSale() && offer.gaps().contains(Offer.NOT_IN_STOCK)) {
            rows.add(List.of(offer.sku(), "on sale and not in stock", String.join(", ", offer.gaps()), there.status()));
        }
    }

    static boolean samePrice(Optional<BigDecimal> price, String there) {
        return there.matches("\\d{1,12}(\\.\\d{1,6})?")
                && price.filter(mine -> mine.compareTo(new BigDecimal(there)) == 0)
                        .isPresent();
    }
}
