/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The articles whose names hold most of some words; a number names one.
 *
 * @param skus their names by number
 * @param hits words that each of them holds; many for a number
 */
record Articles(Map<String, String> skus, int hits) {

    private static final int NUMBER = 100;

    static Articles of(List<String> words, Shelf shelf) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Integer> hits = new LinkedHashMap<>();
        shelf.all("products").lines().forEach(line -> {
            String sku = line.text("sku");
            String name = line.text("name");
            names.put(sku, name);
            hits.put(
                    sku,
                    words.contains(sku.toLowerCase(Locale.ROOT))
                            ? NUMBER
                            : (int) words.stream()
                                    .filter(word -> Sieve.has(name, word))
                                    .count());
        });
        int most = hits.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        Map<String, String> found = new LinkedHashMap<>();
        names.forEach((sku, name) -> {
            if (most > 0 && hits.getOrDefault(sku, 0) == most) {
                found.put(sku, name);
            }
        });
        return new Articles(found, most);
    }

    /** Whether a word is part of what names them. */
    boolean explains(String word) {
        return skus.entrySet().stream()
                .anyMatch(article -> article.getKey().equalsIgnoreCase(word) || Sieve.has(article.getValue(), word));
    }

    String names() {
        return String.join(
                ", ",
                skus.entrySet().stream()
                        .map(article -> article.getValue() + " (" + article.getKey() + ")")
                        .toList());
    }
}
