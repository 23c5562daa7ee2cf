/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every monitoring sink keeps. */
public abstract class SinkContract {

    private static final Instant NOW = Instant.parse("2026-10-01T09:00:00Z");

    protected abstract MonitoringSink sink();

    /** One signal of each kind. */
    public static List<Signal> signals() {
        return List.of(
                new Signal.Event(NOW, "goal.completed", Map.of("mode", "PLAYBOOK")),
                new Signal.Measure(NOW, "step.duration", Signal.Kind.HISTOGRAM, 0.25, "s", Map.of("agent", "echo")),
                new Signal.Measure(NOW, "leases", Signal.Kind.GAUGE, 3, "1", Map.of()),
                new Signal.Measure(NOW, "steps", Signal.Kind.COUNTER, 1, "1", Map.of("agent", "echo")),
                new Signal.Span(
                        NOW, "chat", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "", 1000, true, Map.of()));
    }

    @Test
    void takesEveryKindOfSignal() {
        assertThatCode(() -> sink().accept(signals())).doesNotThrowAnyException();
    }

    @Test
    void takesAnEmptyBatch() {
        assertThatCode(() -> sink().accept(List.of())).doesNotThrowAnyException();
    }

    @Test
    void leavesNoThreadBehind() {
        Strays strays = new Strays();
        sink().accept(signals());
        assertThat(strays.left()).isEmpty();
    }
}
