/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import ai.king.agent.Task;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is researched, read from the task and the business.
 *
 * @param words few words that name it; empty when neither the goal nor the niche of the business says
 * @param products of the business that the goal names, or those of the step
 * @param competitors that the step names
 */
record Topic(String words, List<String> products, List<String> competitors, List<String> questions) {

    private static final int MOST_WORDS = 10;
    private static final int SHORTEST_NAME = 4;
    /** Words that say what to do, not about what. */
    private static final Set<String> TASK = Set.of(
            ("research analyse analyze analysis study find out look search web internet online google show tell give list compare check"
                            + " explore investigate report write make create start launch open build run plan please me us market markets"
                            + " competitor competitors competition competitive rival rivals trend trends trending product products price"
                            + " prices pricing cost costs demand niche business company shop store dropshipping ecommerce e-commerce saas quarter month year worth sell selling good best new about"
                            + " up down get know want similar like information news who what which how much many are is")
                    .split(" "));

    static Topic of(Task task, Optional<BusinessData> business) {
        String niche = text(task.input(), "niche")
                .or(() -> business.map(data -> data.profile().getOrDefault("niche", "")))
                .orElse("");
        Optional<String> subject = text(task.input(), "subject");
        String asked = text(task.input(), "query")
                .or(() -> text(task.input(), "topic"))
                .orElse("");
        String bare = subject.map(what -> niche.isEmpty() ? bare(task.goal()) + " " + what : niche + " " + what)
                .orElseGet(() -> bare(task.goal()));
        String words = !asked.isEmpty() ? asked : bare.isBlank() ? niche : bare.trim();
        List<String> products = texts(task.input().get("products"));
        return new Topic(
                words,
                products.isEmpty()
                        ? business.map(data -> named(data, task.goal())).orElse(List.of())
                        : products,
                texts(task.input().get("competitors")),
                asked.isEmpty() ? Questions.in(task.goal()) : List.of(asked));
    }

    private static String bare(String goal) {
        return Arrays.stream(Questions.in(goal).get(0).split("[^\\p{L}\\p{N}'%-]+"))
                .filter(word -> word.length() > 1)
                .filter(word -> !TASK.contains(word.toLowerCase(Locale.ROOT)))
                .filter(word -> !Ranking.stops(word.toLowerCase(Locale.ROOT)))
                .limit(MOST_WORDS)
                .collect(Collectors.joining(" "));
    }

    /** Articles whose name stands in the goal. */
    private static List<String> named(BusinessData data, String goal) {
        Records table = data.records("products", LocalDate.EPOCH, LocalDate.of(9999, 12, 31));
        if (table.isEmpty() || !table.columns().contains("name")) {
            return List.of();
        }
        String said = goal.toLowerCase(Locale.ROOT);
        return table.lines()
                .map(line -> line.text("name"))
                .filter(name -> name.length() >= SHORTEST_NAME && said.contains(name.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    private static Optional<String> text(Map<String, Object> input, String name) {
        return input.get(name) instanceof String text && !text.isBlank() ? Optional.of(text.trim()) : Optional.empty();
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof Collection<?> several
                ? several.stream()
                        .map(String::valueOf)
                        .filter(text -> !text.isBlank())
                        .toList()
                : List.of();
    }

    /** The searches of a skill, the most telling first. */
    List<Query> queries(Skill skill, int most) {
        Set<Query> queries = new LinkedHashSet<>();
        switch (skill) {
            case WEB_SEARCH -> questions.forEach(question -> queries.add(Query.pages(question)));
            case MARKET_RESEARCH -> {
                queries.add(Query.pages(words));
                queries.add(Query.pages(words + " market size growth"));
                queries.add(Query.pages(words + " customers demand problems"));
            }
            case COMPETITOR_ANALYSIS -> {
                competitors.forEach(name -> queries.add(Query.pages(name + " " + words)));
                queries.add(Query.pages("best " + words + " brands"));
                queries.add(Query.pages("buy " + words + " online"));
                queries.add(Query.pages(words + " alternatives"));
            }
            case TREND_ANALYSIS -> {
                queries.add(Query.news(words));
                queries.add(Query.news(words + " demand trend"));
            }
            case PRODUCT_RESEARCH -> {
                products.forEach(name -> queries.add(Query.shops(name)));
                if (products.isEmpty()) {
                    queries.add(Query.shops(words));
                    queries.add(Query.pages("best selling " + words));
                }
            }
        }
        return queries.stream()
                .filter(query -> !query.text().isEmpty())
                .limit(most)
                .toList();
    }

    /** Whether there is anything to search for. */
    boolean isEmpty() {
        return words.isBlank() && products.isEmpty();
    }

    /** Every word of it, so that a theme is something else. */
    List<String> names() {
        List<String> all = new ArrayList<>(products);
        all.addAll(competitors);
        all.add(words);
        return List.copyOf(all);
    }
}
