/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which orders the stock covers, first come first served: an order that is short keeps what is there for it, so that no later
 * one overtakes it.
 *
 * @param ready orders that can be shipped whole, in the order they came
 * @param waiting the others, each with the reason
 * @param lacking pieces that are lacking, by article
 */
record Coverage(List<Order> ready, Map<Order, String> waiting, Map<String, Lack> lacking) {

    /** So many pieces are lacking, in so many orders. */
    record Lack(BigDecimal pieces, int orders) {

        Lack and(Lack other) {
            return new Lack(pieces.add(other.pieces), orders + other.orders);
        }
    }

    static Coverage of(List<Order> open, Map<String, Article> stock) {
        Map<String, BigDecimal> left = new HashMap<>();
        stock.forEach((sku, article) -> left.put(sku, BigDecimal.valueOf(article.onHand())));
        List<Order> ready = new ArrayList<>();
        Map<Order, String> waiting = new LinkedHashMap<>();
        Map<String, Lack> lacking = new TreeMap<>();
        for (Order order : open.stream().sorted(Order.COMING).toList()) {
            if (!order.hold().isEmpty()) {
                waiting.put(order, order.hold());
            } else if (order.pieces().isEmpty()) {
                waiting.put(order, "no data: which articles it holds");
            } else {
                List<String> shorts = take(order, left, lacking);
                if (shorts.isEmpty()) {
                    ready.add(order);
                } else {
                    waiting.put(order, String.join("; ", shorts));
                }
            }
        }
        return new Coverage(List.copyOf(ready), waiting, lacking);
    }

    private static List<String> take(Order order, Map<String, BigDecimal> left, Map<String, Lack> lacking) {
        Map<String, BigDecimal> wanted = new TreeMap<>();
        order.pieces().forEach(piece -> wanted.merge(piece.sku(), piece.quantity(), BigDecimal::add));
        List<String> shorts = new ArrayList<>();
        wanted.forEach((sku, quantity) -> {
            BigDecimal there = left.get(sku);
            if (there == null) {
                shorts.add("no data: " + (sku.isEmpty() ? "an article without a number" : sku) + " was never counted");
                return;
            }
            BigDecimal lack = quantity.subtract(there).max(BigDecimal.ZERO);
            left.put(sku, there.subtract(quantity).max(BigDecimal.ZERO));
            if (lack.signum() > 0) {
                shorts.add("short of " + lack.toPlainString() + " " + sku);
                lacking.merge(sku, new Lack(lack, 1), Lack::and);
            }
        });
        return shorts;
    }
}
