/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the results ask for a product: range and median for each currency, never one currency in another. */
final class Prices {

    private static final String HEADING = "Prices found";

    private record Offer(Hit hit, Price price, boolean stated) {}

    private Prices() {}

    static Told in(List<Hit> hits) {
        List<Offer> offers = new ArrayList<>();
        for (Hit hit : hits) {
            if (hit.price().isEmpty()) {
                Price.in(hit.snippet()).ifPresent(price -> offers.add(new Offer(hit, price, false)));
            } else {
                Price.in(hit.price()).ifPresent(price -> offers.add(new Offer(hit, price, true)));
            }
        }
        if (offers.isEmpty()) {
            return Told.nothing(HEADING, "Price", "no result names a price with its currency", "prices");
        }
        Map<String, List<Offer>> byCurrency = new TreeMap<>();
        offers.forEach(offer -> byCurrency
                .computeIfAbsent(offer.price().currency(), unused -> new ArrayList<>())
                .add(offer));
        List<Report.Block> blocks = new ArrayList<>();
        List<Map<String, Object>> data = new ArrayList<>();
        byCurrency.forEach((currency, several) -> {
            blocks.addAll(figures(currency, several));
            data.add(data(currency, several));
        });
        blocks.add(table(offers));
        List<Map<String, Object>> products =
                offers.stream().map(Prices::product).toList();
        return new Told(
                new Report.Section(HEADING, List.copyOf(blocks)),
                Map.of("prices", List.copyOf(data), "products", products));
    }

    private static List<BigDecimal> sorted(List<Offer> offers) {
        return offers.stream().map(offer -> offer.price().amount()).sorted().toList();
    }

    private static BigDecimal median(List<BigDecimal> sorted) {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : sorted.get(half - 1).add(sorted.get(half)).divide(BigDecimal.valueOf(2), 2, RoundingMode.HALF_UP);
    }

    private static List<Report.Block> figures(String currency, List<Offer> offers) {
        List<BigDecimal> sorted = sorted(offers);
        int n = sorted.size();
        long stated = offers.stream().filter(Offer::stated).count();
        List<Source> sources = new ArrayList<>();
        sources.add(new Source.Formula(n + " results with a price in " + currency + ": " + stated
                + " give it as their price, " + (n - stated) + " name it in their words"));
        offers.forEach(offer -> sources.add(offer.hit().source()));
        String range =
                sorted.get(0).toPlainString() + " to " + sorted.get(n - 1).toPlainString();
        return List.of(
                new Report.Figure(
                        "Median price (n = " + n + ")", median(sorted).toPlainString(), currency, List.copyOf(sources)),
                new Report.Figure("Range of prices (n = " + n + ")", range, currency, List.copyOf(sources)));
    }

    private static Map<String, Object> data(String currency, List<Offer> offers) {
        List<BigDecimal> sorted = sorted(offers);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("currency", currency);
        data.put("n", sorted.size());
        data.put("median", median(sorted).toPlainString());
        data.put("lowest", sorted.get(0).toPlainString());
        data.put("highest", sorted.get(sorted.size() - 1).toPlainString());
        return data;
    }

    private static Map<String, Object> product(Offer offer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", offer.hit().title());
        data.put("url", offer.hit().url());
        if (!offer.hit().seller().isEmpty()) {
            data.put("seller", offer.hit().seller());
        }
        data.put("amount", offer.price().amount().toPlainString());
        data.put("currency", offer.price().currency());
        data.put("stated", offer.stated() ? "price" : "words");
        data.put("outside", true);
        return data;
    }

    private static Report.Table table(List<Offer> offers) {
        return new Report.Table(
                "Each price and where it stands",
                List.of("Product", "Price", "Currency", "Seller", "Where"),
                offers.stream()
                        .map(offer -> List.of(
                                offer.hit().title(),
                                offer.price().amount().toPlainString(),
                                offer.price().currency(),
                                offer.hit().seller().isEmpty()
                                        ? Told.NO_DATA
                                        : offer.hit().seller(),
                                offer.hit().url()))
                        .toList(),
                offers.stream().map(offer -> (Source) offer.hit().source()).toList());
    }
}
