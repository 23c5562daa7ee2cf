/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sources of a report, numbered in the order in which they are first named. */
final class Origins {

    private final Map<Source, Integer> numbers = new LinkedHashMap<>();

    static Origins of(Report report) {
        Origins origins = new Origins();
        report.sections().stream()
                .flatMap(section -> section.blocks().stream())
                .flatMap(block -> sources(block).stream())
                .forEach(origins::number);
        return origins;
    }

    private void number(Source source) {
        numbers.putIfAbsent(source, numbers.size() + 1);
    }

    /** The numbers of the sources of a block, ascending. */
    List<Integer> numbers(Report.Block block) {
        List<Integer> found = new ArrayList<>();
        for (Source source : sources(block)) {
            Integer number = numbers.get(source);
            if (number != null && !found.contains(number)) {
                found.add(number);
            }
        }
        found.sort(Integer::compare);
        return found;
    }

    List<Source> all() {
        return List.copyOf(numbers.keySet());
    }

    /** A source in words. */
    static String words(Source source) {
        if (source instanceof Source.Rows rows) {
            return rows.count() + " rows of " + rows.kind() + " (" + rows.filter() + "), SHA-256 "
                    + rows.digest().substring(0, Math.min(12, rows.digest().length()));
        }
        if (source instanceof Source.Passage passage) {
            return passage.name() + ": “" + passage.quote() + "”";
        }
        if (source instanceof Source.Step step) {
            return "step " + step.name();
        }
        if (source instanceof Source.Formula formula) {
            return "computed: " + formula.text();
        }
        Source.Web web = (Source.Web) source;
        return web.title() + " (" + web.url() + ")";
    }

    private static List<Source> sources(Report.Block block) {
        if (block instanceof Report.Text text) {
            return text.sources();
        }
        if (block instanceof Report.Figure figure) {
            return figure.sources();
        }
        if (block instanceof Report.Table table) {
            return table.sources();
        }
        if (block instanceof Report.Chart chart) {
            return chart.sources();
        }
        return ((Report.Advice) block).sources();
    }
}
