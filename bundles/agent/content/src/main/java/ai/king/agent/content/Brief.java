/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that one text may say.
 *
 * @param subject what it is about: an article, a range, or the shop
 * @param keyword what people search for to find it
 * @param goods the articles it is about
 * @param range the articles beside which they stand, themselves among them
 * @param facts sentences that came with the task
 * @param news what a press release announces, and whom to ask; empty for other forms
 */
record Brief(
        Form form,
        Tone tone,
        String subject,
        String keyword,
        String shop,
        String currency,
        List<Good> goods,
        List<Good> range,
        List<String> facts,
        List<String> news,
        List<Source> sources) {

    String price(Good good) {
        return price(good.price());
    }

    private String price(BigDecimal amount) {
        return amount.toPlainString() + " " + currency;
    }

    boolean single() {
        return goods.size() == 1;
    }

    Good first() {
        return goods.get(0);
    }

    String lowest() {
        return price(
                range.stream().map(Good::price).min(Comparator.naturalOrder()).orElse(first().price()));
    }

    String highest() {
        return price(
                range.stream().map(Good::price).max(Comparator.naturalOrder()).orElse(first().price()));
    }

    /** Others of the range, the nearest price first. */
    List<Good> beside(int most) {
        return range.stream()
                .filter(other -> !goods.contains(other))
                .sorted(Comparator.comparing((Good other) ->
                                other.price().subtract(first().price()).abs())
                        .thenComparing(Good::sku))
                .limit(most)
                .toList();
    }

    /** Every fact as a line; a number or a claim that stands in none of them has no place in the text. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Shop: " + shop);
        lines.add("Subject: " + subject);
        range.forEach(good -> lines.add("Article " + good.sku() + ": " + good.name() + ", range " + good.category()
                + ", price " + price(good)));
        lines.add("Articles in the range: " + range.size());
        facts.forEach(fact -> lines.add("Fact: " + fact));
        news.forEach(line -> lines.add("News: " + line));
        return lines;
    }
}
