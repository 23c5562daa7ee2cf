/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import ai.king.agent.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as Markdown; a chart becomes the table of its values. */
public final class Markdown {

    /** Rows of a chart's table at most; a longer chart is thinned out, and says so. */
    private static final int POINTS = 27;

    private final StringBuilder out = new StringBuilder();
    private final Sheet sheet;
    private final Origins origins;

    private Markdown(Sheet sheet) {
        this.sheet = sheet;
        this.origins = Origins.of(sheet.report());
    }

    public static String of(Sheet sheet) {
        return new Markdown(sheet).write();
    }

    private String write() {
        out.append("# ").append(line(sheet.title())).append("\n\n");
        if (!sheet.details().isEmpty()) {
            out.append(line(sheet.details())).append("\n\n");
        }
        String business = sheet.business();
        out.append(sheet.status()).append(business == null ? "" : " · " + line(business));
        out.append(" · ").append(sheet.made()).append("\n");
        sheet.remarks()
                .forEach(remark -> out.append("\n> ").append(line(remark)).append('\n'));
        for (Report.Section section : sheet.report().sections()) {
            out.append("\n## ").append(line(section.heading())).append("\n");
            section.blocks().forEach(this::block);
        }
        sources();
        return out.toString();
    }

    private void block(Report.Block block) {
        out.append('\n');
        String marks = marks(block);
        if (block instanceof Report.Text text) {
            out.append(text.text().strip()).append(marks).append('\n');
        } else if (block instanceof Report.Figure figure) {
            out.append("- **").append(line(figure.label())).append(":** ").append(line(figure.value()));
            out.append(figure.unit().isEmpty() ? "" : " " + line(figure.unit()))
                    .append(marks)
                    .append('\n');
        } else if (block instanceof Report.Table table) {
            out.append("**")
                    .append(line(table.title()))
                    .append("**")
                    .append(marks)
                    .append("\n\n");
            table(table.columns(), table.rows());
        } else if (block instanceof Report.Chart chart) {
            out.append("**")
                    .append(line(chart.title()))
                    .append("** (")
                    .append(line(chart.unit()))
                    .append(")");
            out.append(marks).append("\n\n");
            chart(chart);
        } else if (block instanceof Report.Advice advice) {
            out.append("- **").append(line(advice.text())).append("** ").append(line(advice.reason()));
            out.append(marks).append('\n');
        }
    }

    private void chart(Report.Chart chart) {
        List<String> columns = new ArrayList<>(List.of(""));
        chart.series().forEach(series -> columns.add(series.name()));
        List<List<String>> rows = new ArrayList<>();
        int every = (chart.labels().size() + POINTS - 1) / POINTS;
        for (int i = (chart.labels().size() - 1) % Math.max(1, every);
                i < chart.labels().size();
                i += every) {
            List<String> row = new ArrayList<>(List.of(chart.labels().get(i)));
            for (Report.Series series : chart.series()) {
                row.add(cell(series, i));
            }
            rows.add(row);
        }
        table(columns, rows);
        if (every > 1) {
            out.append("\nEvery ")
                    .append(every)
                    .append("th of ")
                    .append(chart.labels().size())
                    .append(" points.\n");
        }
    }

    private static String cell(Report.Series series, int i) {
        if (i >= series.values().size() || !Double.isFinite(series.values().get(i))) {
            return "";
        }
        String value = number(series.values().get(i));
        boolean interval = i < series.low().size()
                && i < series.high().size()
                && Double.isFinite(series.low().get(i))
                && Double.isFinite(series.high().get(i));
        return interval
                ? value + " (" + number(series.low().get(i)) + " to "
                        + number(series.high().get(i)) + ")"
                : value;
    }

    private static String number(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private void table(List<String> columns, List<List<String>> rows) {
        row(columns);
        row(columns.stream().map(column -> "---").toList());
        rows.forEach(this::row);
    }

    private void row(List<String> cells) {
        cells.forEach(
                cell -> out.append("| ").append(line(cell).replace("|", "\\|")).append(' '));
        out.append("|\n");
    }

    private String marks(Report.Block block) {
        List<Integer> numbers = origins.numbers(block);
        return numbers.isEmpty()
                ? ""
                : " " + numbers.stream().map(n -> "[" + n + "]").reduce("", String::concat);
    }

    private void sources() {
        if (origins.all().isEmpty()) {
            return;
        }
        out.append("\n## Sources\n\n");
        for (int i = 0; i < origins.all().size(); i++) {
            out.append(i + 1)
                    .append(". ")
                    .append(line(Origins.words(origins.all().get(i))))
                    .append('\n');
        }
    }

    /** One line of plain text. */
    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
