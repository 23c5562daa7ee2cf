/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor.prometheus;

import ai.king.monitor.Signal;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The metrics of one sink: one of each name and set of attribute keys, bounded in number of series. Exemplars are off: the
 * library samples them on a thread of its own that would outlive this plug.
 */
final class Series {

    /** What else a span says (conversations, counts of tokens, costs) is another with nearly every one: no series ends it. */
    private static final Set<String> OF_SPANS = Set.of(
            "agent",
            "backend",
            "error.type",
            "gen_ai.operation.name",
            "gen_ai.provider.name",
            "gen_ai.request.model",
            "tool");

    private final String prefix;
    private final int most;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();
    private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();
    private final Map<String, List<String>> labels = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Counter dropped;

    Series(String prefix, int most) {
        this.prefix = prefix;
        this.most = most;
        dropped = Counter.builder()
                .name(prefix + "signals_dropped")
                .withoutExemplars()
                .help("Measures that would have begun a series over the limit")
                .register(registry);
    }

    void add(Signal signal) {
        Map<String, String> attributes = new TreeMap<>(signal.attributes());
        if (signal instanceof Signal.Measure measure) {
            add(measure.kind(), measure.name() + unit(measure.unit()), attributes, measure.value());
        } else if (signal instanceof Signal.Span span) {
            attributes.keySet().retainAll(OF_SPANS);
            attributes.put("error", Boolean.toString(span.error()));
            add(Signal.Kind.HISTOGRAM, span.name() + "_seconds", attributes, span.durationNanos() / 1e9);
        } else {
            // Attributes of events are ids: a series for each would grow without end.
            add(Signal.Kind.COUNTER, "events", Map.of("name", signal.name()), 1);
        }
    }

    private static String unit(String unit) {
        return switch (unit) {
            case "s" -> "_seconds";
            case "By" -> "_bytes";
            default -> "";
        };
    }

    private void add(Signal.Kind kind, String name, Map<String, String> attributes, double value) {
        String metric = PrometheusNaming.sanitizeMetricName(prefix + name);
        // A metric keeps the label names it began with: Prometheus knows one set for each name.
        List<String> names = labels.computeIfAbsent(metric, unused -> attributes.keySet().stream()
                .map(PrometheusNaming::sanitizeLabelName)
                .toList());
        Map<String, String> byLabel = new TreeMap<>();
        attributes.forEach((key, text) -> byLabel.put(PrometheusNaming.sanitizeLabelName(key), text));
        String[] values =
                names.stream().map(label -> byLabel.getOrDefault(label, "")).toArray(String[]::new);
        if (!admitted(metric + "\u0000" + String.join("\u0000", values))) {
            dropped.inc();
            return;
        }
        String[] labelNames = names.toArray(String[]::new);
        switch (kind) {
            case COUNTER -> counters.computeIfAbsent(metric, key -> Counter.builder()
                            .name(key)
                            .withoutExemplars()
                            .labelNames(labelNames)
                            .register(registry))
                    .labelValues(values)
                    .inc(value);
            case GAUGE -> gauges.computeIfAbsent(metric, key -> Gauge.builder()
                            .name(key)
                            .withoutExemplars()
                            .labelNames(labelNames)
                            .register(registry))
                    .labelValues(values)
                    .set(value);
            case HISTOGRAM -> histograms
                    .computeIfAbsent(metric, key -> Histogram.builder()
                            .name(key)
                            .withoutExemplars()
                            .labelNames(labelNames)
                            .classicOnly()
                            .register(registry))
                    .labelValues(values)
                    .observe(value);
        }
    }

    private boolean admitted(String series) {
        return known.contains(series) || (known.size() < most && known.add(series));
    }

    String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new PrometheusTextFormatWriter(false).write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
