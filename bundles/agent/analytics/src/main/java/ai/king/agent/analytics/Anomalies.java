/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what does not fit: odd days, prices, double entries, returns, silent tracking and stock-outs. */
final class Anomalies implements Analysis {

    private static final String HEADING = "Anomalies";

    /** One thing that does not fit, and where it stands. */
    record Oddity(String kind, String when, String what, Source source) {}

    private final double score;

    Anomalies(double score) {
        this.score = score;
    }

    @Override
    public Finding of(Book book) {
        if (book.orders().isEmpty()) {
            return Finding.noData(HEADING, "orders");
        }
        List<Oddity> found = new ArrayList<>();
        found.addAll(new OddDays(score).in(book));
        found.addAll(OddRecords.in(book));
        List<Map<String, Object>> data = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Oddity oddity : found) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("kind", oddity.kind());
            entry.put("when", oddity.when());
            entry.put("what", oddity.what());
            data.add(entry);
            rows.add(List.of(oddity.kind().replace('_', ' '), oddity.when(), oddity.what()));
        }
        List<Source> sources = found.stream().map(Oddity::source).distinct().toList();
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Text(
                found.isEmpty()
                        ? "Nothing in the records stands out."
                        : found.size()
                                + " things in the records stand out; figures above count them as they are recorded.",
                List.of(new Source.Formula("a day is odd when it lies more than " + score
                        + " robust deviations (1.4826 x median absolute deviation) from the median of the same weekday within"
                        + " 8 weeks; other rules stand with each line"))));
        if (!rows.isEmpty()) {
            blocks.add(new Report.Table("What stands out", List.of("Kind", "When", "What"), rows, sources));
        }
        return new Finding(new Report.Section(HEADING, blocks), Map.of("anomalies", data), List.of());
    }
}
