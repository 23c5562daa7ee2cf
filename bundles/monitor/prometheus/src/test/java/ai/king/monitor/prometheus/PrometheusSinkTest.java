/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.monitor.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.monitor.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusSinkTest {

    private static Signal measure(Signal.Kind kind, double value, String unit, Map<String, String> attributes) {
        return new Signal.Measure(Instant.EPOCH, "step.duration", kind, value, unit, attributes);
    }

    private static String shown(Map<String, Object> config, List<Signal> signals) {
        PrometheusSink sink = new PrometheusSink(Configs.of(PrometheusSink.Config.class, config));
        sink.accept(signals);
        return sink.exposition().orElseThrow();
    }

    @Test
    void addsCountersUpAndKeepsTheLastGauge() {
        assertThat(shown(
                        Map.of(),
                        List.of(
                                measure(Signal.Kind.COUNTER, 1, "1", Map.of("agent", "a\"b\n")),
                                measure(Signal.Kind.COUNTER, 2, "1", Map.of("agent", "a\"b\n")))))
                .contains("# TYPE king_step_duration_total counter")
                .contains("king_step_duration_total{agent=\"a\\\"b\\n\"} 3.0");
        assertThat(shown(
                        Map.of(),
                        List.of(
                                measure(Signal.Kind.GAUGE, 1, "1", Map.of()),
                                measure(Signal.Kind.GAUGE, 7, "1", Map.of()))))
                .contains("king_step_duration 7.0");
    }

    @Test
    void showsADistributionInSeconds() {
        assertThat(shown(Map.of(), List.of(measure(Signal.Kind.HISTOGRAM, 0.02, "s", Map.of()))))
                .contains("king_step_duration_seconds_bucket{le=\"0.025\"} 1")
                .contains("king_step_duration_seconds_count 1");
    }

    @Test
    void keepsTheLabelNamesAMetricBeganWith() {
        assertThat(shown(
                        Map.of(),
                        List.of(
                                measure(Signal.Kind.COUNTER, 1, "1", Map.of("agent", "a")),
                                measure(Signal.Kind.COUNTER, 1, "1", Map.of("other", "b")))))
                .contains("king_step_duration_total{agent=\"a\"} 1.0")
                .contains("king_step_duration_total{agent=\"\"} 1.0");
    }

    @Test
    void keepsNoMoreSeriesThanAllowed() {
        List<Signal> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(measure(Signal.Kind.COUNTER, 1, "1", Map.of("id", "" + i)));
        }
        assertThat(shown(Map.of("max.series", 10), many)).contains("king_signals_dropped_total 90.0");
    }

    @Test
    void conversationsAreNoSeriesOfTheirOwn() {
        List<Signal> spans = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Map<String, String> of =
                    Map.of("backend", "openai", "gen_ai.conversation.id", "" + i, "llm.cost.total", "" + i);
            spans.add(new Signal.Span(Instant.EPOCH, "chat small", "" + i, "" + i, "", 1_000_000, false, of));
        }
        assertThat(shown(Map.of("max.series", 10), spans))
                .contains("king_chat_small_seconds_count{backend=\"openai\",error=\"false\"} 100")
                .contains("king_signals_dropped_total 0.0");
    }
}
