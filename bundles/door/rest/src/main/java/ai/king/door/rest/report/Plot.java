/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import ai.king.agent.Report;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A chart as SVG in the page's colours, by light and by dark: lines with a band for their intervals, or bars side by side.
 * Java's chart libraries draw through AWT, which fails where a server has no fonts, and fix the colours.
 */
final class Plot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 58;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int BOTTOM = 34;
    private static final int COLOURS = 6;
    private static final int LABELS = 12;
    /** What one letter of a label needs in pixels, about. */
    private static final double LETTER = 6.2;

    private final Report.Chart chart;
    private final Axis axis;
    private final StringBuilder out = new StringBuilder();

    private Plot(Report.Chart chart) {
        this.chart = chart;
        double[] values = chart.series().stream()
                .flatMap(series -> java.util.stream.Stream.of(series.values(), series.low(), series.high()))
                .flatMapToDouble(list -> list.stream().mapToDouble(Double::doubleValue))
                .filter(Double::isFinite)
                .toArray();
        this.axis = Axis.over(
                DoubleStream.of(values).min().orElse(0),
                DoubleStream.of(values).max().orElse(1),
                bars());
    }

    static String of(Report.Chart chart) {
        return new Plot(chart).draw();
    }

    private boolean bars() {
        return chart.kind() == Report.Chart.Kind.BAR;
    }

    private String draw() {
        out.append(format("<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, HEIGHT));
        out.append(Escape.html(chart.title())).append("\">");
        grid();
        labels();
        for (int i = 0; i < chart.series().size(); i++) {
            Report.Series series = chart.series().get(i);
            if (bars()) {
                bars(series, i);
            } else {
                band(series, i);
                line(series, i);
            }
        }
        return out.append("</svg>").toString();
    }

    private void grid() {
        for (double mark : axis.marks()) {
            double y = y(mark);
            out.append(format(
                    "<line class=\"%s\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
                    Math.abs(mark) < axis.step() / 1000 ? "zero" : "grid", LEFT, y, WIDTH - RIGHT, y));
            out.append(format("<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", LEFT - 8, y + 4));
            out.append(Escape.html(axis.label(mark))).append("</text>");
        }
    }

    /** As many labels as there is room for, the first one always among them. */
    private void labels() {
        int count = chart.labels().size();
        int longest = chart.labels().stream().mapToInt(String::length).max().orElse(1);
        int room = Math.max(1, Math.min(LABELS, (int) ((WIDTH - LEFT - RIGHT) / (longest * LETTER + 14))));
        int every = Math.max(1, (int) Math.ceil(count / (double) room));
        for (int i = 0; i < count; i += every) {
            out.append(format(
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">", x(i), HEIGHT - BOTTOM + 20));
            out.append(Escape.html(chart.labels().get(i))).append("</text>");
        }
    }

    private void bars(Report.Series series, int index) {
        double slot = slot();
        double width = Math.max(1, slot * 0.76 / chart.series().size());
        for (int i = 0; i < count(series); i++) {
            double value = series.values().get(i);
            if (!Double.isFinite(value)) {
                continue;
            }
            double x = x(i) - slot * 0.38 + index * width;
            double top = Math.min(y(value), y(0));
            out.append(format(
                    "<rect class=\"f%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"1.5\">",
                    index % COLOURS, x, top, Math.max(1, width - 1), Math.max(0.5, Math.abs(y(value) - y(0)))));
            title(series, i);
            out.append("</rect>");
        }
    }

    /** The interval of the values, where there is one. */
    private void band(Report.Series series, int index) {
        int count = Math.min(
                count(series), Math.min(series.low().size(), series.high().size()));
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        for (int i = 0; i < count; i++) {
            double low = series.low().get(i);
            double high = series.high().get(i);
            if (Double.isFinite(low) && Double.isFinite(high)) {
                upper.append(format("%.1f,%.1f ", x(i), y(high)));
                lower.insert(0, format("%.1f,%.1f ", x(i), y(low)));
            }
        }
        if (upper.length() > 0) {
            out.append(format("<polygon class=\"b%d\" points=\"", index % COLOURS));
            out.append(upper).append(lower).append("\"/>");
        }
    }

    /** The line is broken where there is no value. */
    private void line(Report.Series series, int index) {
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < count(series); i++) {
            double value = series.values().get(i);
            if (Double.isFinite(value)) {
                path.append(format("%s%.1f %.1f", down ? "L" : "M", x(i), y(value)));
            }
            down = Double.isFinite(value);
        }
        out.append(format("<path class=\"l%d\" d=\"%s\"/>", index % COLOURS, path));
        for (int i = 0; i < count(series); i++) {
            if (Double.isFinite(series.values().get(i))) {
                double y = y(series.values().get(i));
                out.append(
                        format("<circle class=\"f%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\">", index % COLOURS, x(i), y));
                title(series, i);
                out.append("</circle>");
            }
        }
    }

    private void title(Report.Series series, int i) {
        String text = chart.labels().get(i) + ", " + series.name() + ": "
                + String.format(Locale.ROOT, "%,.2f", series.values().get(i)) + " " + chart.unit();
        out.append("<title>").append(Escape.html(text.strip())).append("</title>");
    }

    private int count(Report.Series series) {
        return Math.min(series.values().size(), chart.labels().size());
    }

    private double slot() {
        return (WIDTH - LEFT - RIGHT) / (double) Math.max(1, chart.labels().size());
    }

    private double x(int i) {
        return LEFT + slot() * (i + 0.5);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** The names of the series with their colours, where there is more than one. */
    static String legend(List<Report.Series> series) {
        if (series.size() < 2) {
            return "";
        }
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
        for (int i = 0; i < series.size(); i++) {
            legend.append("<li><span class=\"k").append(i % COLOURS).append("\"></span>");
            legend.append(Escape.html(series.get(i).name())).append("</li>");
        }
        return legend.append("</ul>").toString();
    }
}
