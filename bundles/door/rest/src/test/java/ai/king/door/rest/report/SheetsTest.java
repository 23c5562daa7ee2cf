/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SheetsTest {

    private static final Source ROWS = new Source.Rows("orders", "2026-01-01..2026-03-31", 42, "ab".repeat(32));

    @Test
    void theTitleIsTheFirstSentence() {
        Sheet sheet = sheet("Plan the quarter.\nSay why. Ask first.", Report.none());
        assertThat(sheet.title()).isEqualTo("Plan the quarter.");
        assertThat(sheet.details()).isEqualTo("Say why. Ask first.");
        assertThat(sheet("word ".repeat(100), Report.none()).title())
                .hasSize(140)
                .endsWith("…");
    }

    @Test
    void everySourceIsNamedOnceAndMarkedWhereItIsUsed() {
        Report report = report(
                new Report.Figure("Revenue", "12", "USD", List.of(ROWS)),
                new Report.Text("Good.", List.of(ROWS, new Source.Web("https://x.example", "X"))));
        assertThat(Markdown.of(sheet("g", report)))
                .contains("**Revenue:** 12 USD [1]")
                .contains("Good. [1][2]")
                .contains("1. 42 rows of orders (2026-01-01..2026-03-31), SHA-256 abababababab")
                .containsOnlyOnce("42 rows");
        assertThat(HtmlPage.of(sheet("g", report))).containsOnlyOnce("42 rows").contains("href=\"#s2\"");
    }

    @Test
    void textFromOutsideIsOnlyText() {
        String evil = "<img src=x onerror=alert(1)>\"'";
        Report report = new Report(List.of(new Report.Section(
                evil,
                List.of(
                        new Report.Text(evil, List.of(new Source.Passage("d", evil, evil))),
                        new Report.Figure(evil, evil, evil, List.of()),
                        new Report.Table(evil, List.of(evil), List.of(List.of(evil)), List.of()),
                        chart(evil, List.of(evil), List.of(1.0)),
                        new Report.Advice(evil, evil, List.of())))));
        assertThat(HtmlPage.of(new Sheet(evil, evil, evil, evil, Instant.EPOCH, List.of(evil), report, List.of(), "")))
                .doesNotContain("<img")
                .contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;");
    }

    @Test
    void aFileIsShownByItsThumbnailAndLeadsToItsContent() {
        Map<String, Object> picture = Map.of(
                "name", "<b>.png",
                "mediaType", "image/png",
                "documentId", "d-1",
                "thumbnail", "data:image/jpeg;base64,aGVsbG8=");
        Map<String, Object> odd = Map.of(
                "name", "odd.svg",
                "mediaType", "image/svg+xml",
                "documentId", "d-2",
                "thumbnail", "data:image/svg+xml;base64,aGVsbG8=");
        Map<String, Object> forged = Map.of("name", "x", "mediaType", "y", "documentId", "../../users");
        List<Artefact> files = Artefact.in(
                Map.of("texts", List.of(Map.of("image", Map.of("artefacts", List.of(picture, odd, forged))))));
        assertThat(files).extracting(Artefact::documentId).containsExactly("d-1", "d-2");
        String documents = "/api/v1/businesses/b1/documents";
        assertThat(HtmlPage.of(new Sheet(
                        "g1", "goal", "COMPLETED", "Shop", Instant.EPOCH, List.of(), report(), files, documents)))
                .contains(
                        "<a href=\"/api/v1/businesses/b1/documents/d-1/content\"><img src=\"data:image/jpeg;base64,aGVsbG8=\"")
                .contains("&lt;b&gt;.png")
                .contains("documents/d-2/content\"><span>odd.svg")
                .doesNotContain("svg+xml;base64")
                .doesNotContain("../users");
        assertThat(HtmlPage.CONTENT_POLICY).contains("img-src data:;");
        assertThat(Artefact.in(null)).isEmpty();
    }

    @Test
    void aMissingPointBreaksTheLineAndIsNoZero() {
        String svg = Plot.of(chart("t", List.of("a", "b", "c"), List.of(1.0, Double.NaN, 3.0)));
        assertThat(svg).contains("d=\"M").doesNotContain("NaN").doesNotContain("L");
        assertThat(svg.split("<circle", -1)).hasSize(3);
    }

    @Test
    void chartsOfNothingAndOfOneValueAreDrawn() {
        assertThat(Plot.of(chart("t", List.of(), List.of()))).startsWith("<svg").endsWith("</svg>");
        assertThat(Plot.of(chart("t", List.of("a"), List.of(0.0))))
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
        assertThat(Plot.of(chart("t", List.of("a", "b"), List.of(-5.0, 5.0)))).contains("class=\"zero\"");
    }

    @Test
    void theBandHoldsTheInterval() {
        Report.Chart chart = new Report.Chart(
                "t",
                Report.Chart.Kind.LINE,
                List.of("a", "b"),
                List.of(new Report.Series("s", List.of(1.0, 2.0), List.of(0.5, 1.0), List.of(1.5, 3.0))),
                "",
                List.of());
        assertThat(Plot.of(chart)).contains("<polygon class=\"b0\"");
    }

    @Test
    void marksOfAnAxisAreRoundAndHoldAllValues() {
        assertThat(Axis.over(3, 97, true).marks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        assertThat(Axis.over(-0.4, 0.9, true).low()).isLessThanOrEqualTo(-0.4);
        assertThat(Axis.over(12_000, 48_000, true).label(20_000)).isEqualTo("20k");
        assertThat(Axis.over(7, 7, false).marks()).isNotEmpty();
    }

    @Test
    void aLongChartIsThinnedOutInMarkdown() {
        List<String> labels = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 1; i <= 104; i++) {
            labels.add("week-" + i);
            values.add((double) i);
        }
        String text = Markdown.of(sheet("g", report(chart("t", labels, values))));
        assertThat(text)
                .contains("| week-104 | 104 |")
                .contains("Every 4th of 104 points.")
                .doesNotContain("week-103");
    }

    private static Report.Chart chart(String title, List<String> labels, List<Double> values) {
        return new Report.Chart(
                title,
                Report.Chart.Kind.LINE,
                labels,
                List.of(new Report.Series(title, values, List.of(), List.of())),
                "",
                List.of());
    }

    private static Report report(Report.Block... blocks) {
        return new Report(List.of(new Report.Section("s", List.of(blocks))));
    }

    private static Sheet sheet(String goal, Report report) {
        return new Sheet("g1", goal, "COMPLETED", null, Instant.EPOCH, List.of(), report, List.of(), "");
    }
}
