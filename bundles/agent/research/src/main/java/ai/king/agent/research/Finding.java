/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.AgentContext;
import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One source and the words of it that count.
 *
 * @param number by which the report cites it, from 1
 * @param read whether the words stand in the page; otherwise in the result of the search
 */
record Finding(int number, Hit hit, Passage passage, boolean read) {

    /** The sources that say most about the topic, each with its best words; one that tries to give orders is none. */
    static List<Finding> of(
            String topic, List<Hit> hits, Map<String, List<Passage>> pages, int most, AgentContext context) {
        List<Passage> all = new ArrayList<>();
        Map<Passage, Hit> from = new HashMap<>();
        for (Hit hit : hits) {
            List<Passage> own = new ArrayList<>(pages.getOrDefault(hit.url(), List.of()));
            own.add(Pages.snippet(hit));
            own.stream().filter(passage -> !passage.givesOrders()).forEach(passage -> {
                all.add(passage);
                from.putIfAbsent(passage, hit);
            });
        }
        Map<Hit, Passage> best = new LinkedHashMap<>();
        if (!all.isEmpty()) {
            List<Passage> order = new ArrayList<>(Ranking.of(all, context).best(topic, all.size()));
            order.addAll(all);
            order.forEach(passage -> best.putIfAbsent(from.get(passage), passage));
        }
        List<Finding> findings = new ArrayList<>();
        best.entrySet().stream().limit(most).forEach(entry -> {
            boolean read = pages.getOrDefault(entry.getKey().url(), List.of()).contains(entry.getValue());
            findings.add(new Finding(findings.size() + 1, entry.getKey(), entry.getValue(), read));
        });
        return List.copyOf(findings);
    }

    String sha256() {
        return Digest.of(passage.text());
    }

    /** JSON values; {@code outside} marks what others said. */
    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("source", number);
        data.put("url", hit.url());
        data.put("title", hit.title());
        data.put("quote", passage.text());
        data.put("sha256", sha256());
        data.put("from", read ? "page" : "result");
        data.put("queries", hit.queries());
        data.put("outside", true);
        if (!hit.date().isEmpty()) {
            data.put("date", hit.date());
        }
        if (!hit.price().isEmpty()) {
            data.put("price", hit.price());
        }
        return data;
    }

    Report.Block block() {
        return new Report.Text(
                "[" + number + "] " + hit.address().host() + " says: “" + passage.text() + "”",
                List.of(
                        hit.source(),
                        new Source.Formula((read ? "words of the page" : "words of the search's result") + ", SHA-256 "
                                + sha256())));
    }

    /** The sources of all of them. */
    static List<Source> sources(List<Finding> findings) {
        return findings.stream().map(finding -> (Source) finding.hit().source()).toList();
    }
}
