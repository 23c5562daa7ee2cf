/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import ai.king.agent.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A report as one HTML page that needs nothing else: no script, no font, no image but those that stand in it. */
public final class HtmlPage {

    private static final String STYLE = style();
    /** Nothing may be loaded but pictures that stand in the page; its one style is named by its hash. */
    public static final String CONTENT_POLICY = "default-src 'none'; img-src data:; style-src 'sha256-" + hash(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final StringBuilder out = new StringBuilder();
    private final Sheet sheet;
    private final Origins origins;

    private HtmlPage(Sheet sheet) {
        this.sheet = sheet;
        this.origins = Origins.of(sheet.report());
    }

    public static String of(Sheet sheet) {
        return new HtmlPage(sheet).write();
    }

    private String write() {
        out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
        text(sheet.title());
        out.append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><header><p class=\"brand\">King AI</p><h1>");
        text(sheet.title());
        out.append("</h1>");
        element("p", "lead", sheet.details());
        out.append("<p class=\"meta\"><span class=\"status\">");
        text(sheet.status().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        out.append("</span>");
        String business = sheet.business();
        if (business != null) {
            out.append("<span>");
            text(business);
            out.append("</span>");
        }
        out.append("<time>").append(sheet.made().toString()).append("</time></p>");
        sheet.remarks().forEach(remark -> element("p", "remark", remark));
        out.append("</header><main>");
        sheet.report().sections().forEach(this::section);
        files();
        sources();
        out.append("</main><footer>Goal ");
        text(sheet.goalId());
        return out.append("</footer></body></html>").toString();
    }

    private void section(Report.Section section) {
        out.append("<section><h2>");
        text(section.heading());
        out.append("</h2>");
        boolean figures = false;
        for (Report.Block block : section.blocks()) {
            boolean figure = block instanceof Report.Figure;
            if (figure != figures) {
                out.append(figure ? "<div class=\"figures\">" : "</div>");
                figures = figure;
            }
            block(block);
        }
        out.append(figures ? "</div></section>" : "</section>");
    }

    private void block(Report.Block block) {
        if (block instanceof Report.Text words) {
            out.append("<p>");
            text(words.text().strip());
            marks(block);
            out.append("</p>");
        } else if (block instanceof Report.Figure figure) {
            out.append("<div class=\"figure\"><span class=\"label\">");
            text(figure.label());
            out.append("</span><span class=\"value\">");
            text(figure.value());
            element("small", "unit", figure.unit());
            out.append("</span>");
            marks(block);
            out.append("</div>");
        } else if (block instanceof Report.Table table) {
            table(table);
        } else if (block instanceof Report.Chart chart) {
            chart(chart);
        } else if (block instanceof Report.Advice advice) {
            out.append("<div class=\"advice\">");
            element("p", "what", advice.text());
            element("p", "why", advice.reason());
            marks(block);
            out.append("</div>");
        }
    }

    private void table(Report.Table table) {
        out.append("<figure class=\"wide\"><figcaption>");
        text(table.title());
        marks(table);
        out.append("</figcaption><div class=\"scroll\"><table><thead><tr>");
        for (int i = 0; i < table.columns().size(); i++) {
            element("th", numeric(table, i) ? "n" : "", table.columns().get(i));
        }
        out.append("</tr></thead><tbody>");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            row.forEach(cell -> element("td", numeric(cell) ? "n" : "", cell));
            out.append("</tr>");
        }
        out.append("</tbody></table></div></figure>");
    }

    /** Whether a column holds numbers, as far as it holds anything. */
    private static boolean numeric(Report.Table table, int column) {
        List<String> cells = table.rows().stream()
                .filter(row -> column < row.size() && !row.get(column).isBlank())
                .map(row -> row.get(column))
                .toList();
        return !cells.isEmpty() && cells.stream().allMatch(HtmlPage::numeric);
    }

    private static boolean numeric(String cell) {
        return cell.matches("[-+−]?[0-9][0-9.,  ]*\\s*(%|[A-Z]{3})?");
    }

    private void chart(Report.Chart chart) {
        out.append("<figure class=\"wide\"><figcaption>");
        text(chart.title());
        element("small", "unit", chart.unit());
        marks(chart);
        out.append("</figcaption>")
                .append(Plot.of(chart))
                .append(Plot.legend(chart.series()))
                .append("</figure>");
    }

    private void marks(Report.Block block) {
        List<Integer> numbers = origins.numbers(block);
        if (numbers.isEmpty()) {
            return;
        }
        out.append("<sup class=\"marks\">");
        numbers.forEach(n ->
                out.append("<a href=\"#s").append(n).append("\">").append(n).append("</a> "));
        out.append("</sup>");
    }

    private void files() {
        if (sheet.files().isEmpty() || sheet.documents().isEmpty()) {
            return;
        }
        out.append("<section class=\"files\"><h2>Files</h2><ul>");
        for (Artefact file : sheet.files()) {
            out.append("<li><a href=\"");
            text(sheet.documents() + "/" + file.documentId() + "/content");
            out.append("\">");
            if (!file.thumbnail().isEmpty()) {
                out.append("<img src=\"");
                text(file.thumbnail());
                out.append("\" alt=\"\">");
            }
            element("span", "", file.name());
            out.append("</a>");
            element("small", "unit", file.mediaType());
            out.append("</li>");
        }
        out.append("</ul></section>");
    }

    private void sources() {
        if (origins.all().isEmpty()) {
            return;
        }
        out.append("<section class=\"sources\"><h2>Sources</h2><ol>");
        for (int i = 0; i < origins.all().size(); i++) {
            out.append("<li id=\"s").append(i + 1).append("\">");
            text(Origins.words(origins.all().get(i)));
            out.append("</li>");
        }
        out.append("</ol></section>");
    }

    private void element(String name, String style, String content) {
        if (content.isEmpty() && !name.startsWith("t")) {
            return;
        }
        out.append('<').append(name);
        if (!style.isEmpty()) {
            out.append(" class=\"").append(style).append('"');
        }
        out.append('>');
        text(content);
        out.append("</").append(name).append('>');
    }

    private void text(String text) {
        out.append(Escape.html(text));
    }

    private static String style() {
        try (InputStream style = HtmlPage.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(style).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String style) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
