/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Words and pairs of words that several sources share, beside those of the topic itself. */
final class Themes {

    private static final String HEADING = "Themes";
    private static final int MOST = 12;
    private static final int LEAST = 2;
    private static final Set<String> EMPTY = Set.of(
            ("market industry report read click cookie page site website home contact privacy year month day time com www http https one two"
                            + " also other such all any when there here out up some many only get make use used using like just new first")
                    .split(" "));

    private record Theme(String term, List<Finding> findings) {}

    private Themes() {}

    static Told in(List<Finding> findings, Map<String, List<Passage>> pages, List<String> topic) {
        Set<String> own =
                topic.stream().flatMap(text -> Ranking.words(text).stream()).collect(Collectors.toSet());
        Map<String, List<Finding>> shared = new LinkedHashMap<>();
        for (Finding finding : findings) {
            terms(finding, pages, own).forEach(term -> shared.computeIfAbsent(term, unused -> new ArrayList<>())
                    .add(finding));
        }
        List<Theme> themes = shared.entrySet().stream()
                .filter(entry -> hosts(entry.getValue()) >= LEAST)
                .map(entry -> new Theme(entry.getKey(), entry.getValue()))
                .filter(theme -> !within(theme, shared))
                .sorted(Comparator.comparingInt(
                                (Theme theme) -> -theme.findings().size())
                        .thenComparingInt(theme -> theme.term().contains(" ") ? 0 : 1)
                        .thenComparing(Theme::term))
                .limit(MOST)
                .toList();
        return themes.isEmpty()
                ? Told.nothing(HEADING, "Themes", "no words beside the topic's stand in two sources", "themes")
                : told(themes, findings.size());
    }

    /** Whether a pair that holds the word stands in the same sources, so that it says more. */
    private static boolean within(Theme theme, Map<String, List<Finding>> shared) {
        String word = " " + theme.term() + " ";
        return shared.entrySet().stream()
                .filter(other -> !other.getKey().equals(theme.term()))
                .anyMatch(other -> (" " + other.getKey() + " ").contains(word)
                        && other.getValue().equals(theme.findings()));
    }

    private static long hosts(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.hit().address().host())
                .distinct()
                .count();
    }

    private static Set<String> terms(Finding finding, Map<String, List<Passage>> pages, Set<String> own) {
        Set<String> terms = new LinkedHashSet<>();
        List<String> texts =
                new ArrayList<>(List.of(finding.hit().title(), finding.hit().snippet()));
        pages.getOrDefault(finding.hit().url(), List.of()).stream()
                .filter(passage -> !passage.givesOrders())
                .forEach(passage -> texts.add(passage.text()));
        for (String text : texts) {
            List<String> words = Ranking.words(text);
            for (int i = 0; i < words.size(); i++) {
                boolean says = says(words.get(i), own);
                if (says) {
                    terms.add(words.get(i));
                }
                if (says && i + 1 < words.size() && says(words.get(i + 1), own)) {
                    terms.add(words.get(i) + " " + words.get(i + 1));
                }
            }
        }
        return terms;
    }

    private static boolean says(String word, Set<String> own) {
        return word.length() > 2
                && !own.contains(word)
                && !EMPTY.contains(word)
                && word.chars().noneMatch(Character::isDigit);
    }

    private static Told told(List<Theme> themes, int of) {
        Set<Source> sources = new LinkedHashSet<>();
        sources.add(
                new Source.Formula("sources, of " + of + ", whose words hold the term; plurals counted as singulars"));
        themes.forEach(theme -> sources.addAll(Finding.sources(theme.findings())));
        Report.Table table = new Report.Table(
                "What several sources speak of",
                List.of("Term", "Sources", "Which"),
                themes.stream()
                        .map(theme -> List.of(theme.term(), theme.findings().size() + " of " + of, numbers(theme)))
                        .toList(),
                List.copyOf(sources));
        List<Map<String, Object>> data = new ArrayList<>();
        themes.forEach(theme -> data.add(Map.of(
                "term",
                theme.term(),
                "sources",
                theme.findings().stream().map(Finding::number).toList(),
                "outside",
                true)));
        return new Told(new Report.Section(HEADING, List.of(table)), Map.of("themes", List.copyOf(data)));
    }

    private static String numbers(Theme theme) {
        return theme.findings().stream()
                .map(finding -> "[" + finding.number() + "]")
                .collect(Collectors.joining(" "));
    }
}
