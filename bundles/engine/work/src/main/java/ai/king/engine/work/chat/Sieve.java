/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.agent.Records;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which rows a question's remaining words single out: articles by name or number, a category, a channel. Words that name
 * nothing that is stored are kept, to be told.
 *
 * @param skus the articles meant; empty means all
 * @param channels the channels meant; empty means all
 * @param said what was singled out, for a person
 * @param unused words that name nothing
 * @param close articles that come close to a name that none has
 */
record Sieve(Map<String, String> skus, Set<String> channels, String said, List<String> unused, Optional<String> close) {

    static Sieve of(Question question, Shelf shelf) {
        List<String> words = new ArrayList<>(question.words());
        words.removeIf(word -> has(shelf.business().name(), word));
        Set<String> channels = named(words, values(shelf, "channel"));
        Map<String, String> skus = new LinkedHashMap<>();
        String said = "";
        Articles articles = Articles.of(words, shelf);
        Set<String> categories = articles.hits() > 1 ? Set.of() : named(words, values(shelf, "category"));
        if (!categories.isEmpty()) {
            said = "category " + String.join(", ", categories);
            shelf.all("products")
                    .lines()
                    .filter(line -> categories.contains(text(line, "category")))
                    .forEach(line -> skus.put(line.text("sku"), line.text("name")));
        } else if (articles.hits() > 0) {
            words.removeIf(articles::explains);
            if (articles.hits() == 1 && !words.isEmpty()) {
                return new Sieve(Map.of(), channels, "", List.copyOf(words), Optional.of(articles.names()));
            }
            skus.putAll(articles.skus());
            said = articles.names();
        }
        String way = channels.isEmpty() ? "" : "channel " + String.join(", ", channels);
        return new Sieve(
                Map.copyOf(skus),
                channels,
                said.isEmpty() || way.isEmpty() ? said + way : said + ", " + way,
                List.copyOf(words),
                Optional.empty());
    }

    boolean all() {
        return skus.isEmpty() && channels.isEmpty();
    }

    boolean lets(Records.Line order) {
        return (skus.isEmpty() || skus.containsKey(order.text("sku")))
                && (channels.isEmpty() || channels.contains(text(order, "channel")));
    }

    /** What the answer does not regard, in a sentence; empty when all words are used. */
    String left() {
        return unused.isEmpty()
                ? ""
                : " Not regarded, because no record is known by it: " + String.join(", ", unused) + ".";
    }

    private static Set<String> values(Shelf shelf, String column) {
        Set<String> found = new TreeSet<>();
        for (String kind : column.equals("category") ? List.of("products") : List.of("orders", "advertising")) {
            Records records = shelf.all(kind);
            if (records.columns().contains(column)) {
                records.lines()
                        .map(line -> text(line, column))
                        .filter(value -> !value.isEmpty())
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The values that the words name; words that did are taken away. */
    private static Set<String> named(List<String> words, Set<String> values) {
        Set<String> found = new LinkedHashSet<>();
        for (String value : values) {
            words.removeIf(word -> same(word, value) && (found.add(value) || true));
        }
        return found;
    }

    static boolean has(String name, String word) {
        for (String part : name.toLowerCase(Locale.ROOT).split("[^\\p{L}\\d'-]+")) {
            if (same(word, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String word, String value) {
        return stem(word).equals(stem(value.toLowerCase(Locale.ROOT)));
    }

    private static String stem(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    static String text(Records.Line line, String column) {
        Object cell = line.cells().get(line.table().column(column));
        return cell == null ? "" : cell.toString();
    }
}
