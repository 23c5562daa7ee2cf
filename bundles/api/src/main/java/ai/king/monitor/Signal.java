/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor;

import java.time.Instant;
import java.util.Map;

/** Something an operator may want to see or count. Attributes hold ids and names, never secrets or personal data. */
public sealed interface Signal {

    /** When it happened. */
    Instant at();

    /** Dotted lower-case name such as {@code step.completed}. */
    String name();

    /** Low-cardinality dimensions, values as text. */
    Map<String, String> attributes();

    /** Something happened once. */
    record Event(Instant at, String name, Map<String, String> attributes) implements Signal {}

    /**
     * A number was measured.
     *
     * @param kind whether to add it up, keep the last, or keep a distribution
     * @param unit UCUM unit such as {@code s}, {@code By}, {@code 1}
     */
    record Measure(Instant at, String name, Kind kind, double value, String unit, Map<String, String> attributes)
            implements Signal {}

    /** A piece of work took some time. Parent and trace ids are lower-case hex as in W3C trace context. */
    record Span(
            Instant at,
            String name,
            String traceId,
            String spanId,
            String parentId,
            long durationNanos,
            boolean error,
            Map<String, String> attributes)
            implements Signal {}

    /** How measures of one name combine. */
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }
}
