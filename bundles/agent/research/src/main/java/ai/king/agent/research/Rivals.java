/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Who stands in the results: hosts by the searches they appear in, and the competitors that were named. */
final class Rivals {

    private static final String HEADING = "Who appears";
    private static final int MOST = 15;

    private record Rival(String host, List<Hit> hits) {

        List<String> queries() {
            Set<String> queries = new LinkedHashSet<>();
            hits.forEach(hit -> queries.addAll(hit.queries()));
            return List.copyOf(queries);
        }

        int best() {
            return hits.stream().mapToInt(Hit::position).min().orElse(Integer.MAX_VALUE);
        }
    }

    private Rivals() {}

    static Told in(List<Hit> hits, List<String> asked, List<String> named) {
        if (hits.isEmpty()) {
            return Told.nothing(HEADING, "Competitors", "no search found anything", "competitors");
        }
        Map<String, List<Hit>> hosts = new LinkedHashMap<>();
        hits.forEach(hit -> hosts.computeIfAbsent(hit.address().host(), unused -> new ArrayList<>())
                .add(hit));
        List<Rival> rivals = hosts.entrySet().stream()
                .map(entry -> new Rival(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(
                                (Rival rival) -> -rival.queries().size())
                        .thenComparingInt(Rival::best)
                        .thenComparing(Rival::host))
                .limit(MOST)
                .toList();
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure(
                "Hosts in the results of " + asked.size() + " searches",
                String.valueOf(hosts.size()),
                "",
                List.of(new Source.Formula("distinct hosts of " + hits.size()
                        + " results; a host may be a shop, a marketplace or a magazine"))));
        blocks.add(table(rivals, asked.size()));
        List<Map<String, Object>> mentions = mentions(hits, named, blocks);
        return new Told(
                new Report.Section(HEADING, List.copyOf(blocks)),
                Map.of("competitors", rivals.stream().map(Rivals::data).toList(), "named", mentions));
    }

    private static Report.Table table(List<Rival> rivals, int asked) {
        return new Report.Table(
                "Hosts by the searches they appear in",
                List.of("Host", "Searches", "Best position", "Results", "First result"),
                rivals.stream()
                        .map(rival -> List.of(
                                rival.host(),
                                rival.queries().size() + " of " + asked,
                                rival.best() == Integer.MAX_VALUE ? Told.NO_DATA : String.valueOf(rival.best()),
                                String.valueOf(rival.hits().size()),
                                rival.hits().get(0).title()))
                        .toList(),
                rivals.stream()
                        .map(rival -> (Source) rival.hits().get(0).source())
                        .toList());
    }

    private static Map<String, Object> data(Rival rival) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("host", rival.host());
        data.put("queries", rival.queries());
        data.put("results", rival.hits().size());
        data.put("urls", rival.hits().stream().map(Hit::url).toList());
        data.put("outside", true);
        return data;
    }

    /** How many results speak of each competitor that the task names. */
    private static List<Map<String, Object>> mentions(List<Hit> hits, List<String> named, List<Report.Block> blocks) {
        List<Map<String, Object>> mentions = new ArrayList<>();
        for (String name : named) {
            String sought = name.toLowerCase(Locale.ROOT);
            List<Source> sources = hits.stream()
                    .filter(hit -> (hit.title() + " " + hit.snippet())
                            .toLowerCase(Locale.ROOT)
                            .contains(sought))
                    .map(hit -> (Source) hit.source())
                    .toList();
            List<Source> all = new ArrayList<>(sources);
            all.add(new Source.Formula("results whose title or words hold the name"));
            blocks.add(new Report.Figure(
                    "Results that name " + name,
                    sources.isEmpty() ? Told.NO_DATA : String.valueOf(sources.size()),
                    "",
                    List.copyOf(all)));
            mentions.add(Map.of("name", name, "results", sources.isEmpty() ? Told.NO_DATA : sources.size()));
        }
        return List.copyOf(mentions);
    }
}
