/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import java.util.List;

/** What a person reads: sections of blocks, every figure with the place it comes from. */
public record Report(List<Section> sections) {

    /** Nothing to report. */
    public static Report none() {
        return new Report(List.of());
    }

    /** A heading and what stands under it. */
    public record Section(String heading, List<Block> blocks) {}

    /** One piece of a section. */
    public sealed interface Block {}

    /** A paragraph of plain text; the sources are those of the facts in it. */
    public record Text(String text, List<Source> sources) implements Block {}

    /**
     * One number that matters.
     *
     * @param value the number as printed, or "no data"
     * @param unit currency code, {@code %}, or empty
     */
    public record Figure(String label, String value, String unit, List<Source> sources) implements Block {}

    /** A table; every row has one cell for each column. */
    public record Table(String title, List<String> columns, List<List<String>> rows, List<Source> sources)
            implements Block {}

    /**
     * A chart that the platform draws.
     *
     * @param labels the category or date of each point, shared by all series
     * @param unit of the values
     */
    public record Chart(
            String title, Kind kind, List<String> labels, List<Series> series, String unit, List<Source> sources)
            implements Block {

        /** How it is drawn. */
        public enum Kind {
            LINE,
            BAR
        }
    }

    /**
     * One line or set of bars.
     *
     * @param values one for each label; NaN where there is none
     * @param low lower end of the interval of each value; empty when there are no intervals
     * @param high upper end, likewise
     */
    public record Series(String name, List<Double> values, List<Double> low, List<Double> high) {}

    /** Something a person should do or decide. */
    public record Advice(String text, String reason, List<Source> sources) implements Block {}
}
