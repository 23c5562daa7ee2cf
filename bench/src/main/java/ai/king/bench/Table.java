/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What a run found, as a Markdown table. */
final class Table {

    private static final List<String> HEAD = List.of(
            "measure", "ours (median, p99)", "peer in the same run", "ratio", "limit", "held", "what bounds it");

    private final List<List<String>> rows = new ArrayList<>();
    private boolean held = true;

    void add(Line line) {
        held &= line.held();
        rows.add(List.of(
                line.measure(),
                line.ours(),
                line.peer(),
                line.ratio(),
                line.limit(),
                line.held() ? "yes" : "NO",
                line.bound()));
    }

    /** A measure that could not be taken. */
    void failed(String measure, String why) {
        held = false;
        rows.add(List.of(
                measure, "not taken", "", "", "", "NO", why.replace('\n', ' ').replace('|', '/')));
    }

    boolean held() {
        return held;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append(", Java ")
                .append(Runtime.version())
                .append(", ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" processors\n\n");
        row(text, HEAD);
        row(text, HEAD.stream().map(each -> "---").toList());
        rows.forEach(row -> row(text, row));
        return text.toString();
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
