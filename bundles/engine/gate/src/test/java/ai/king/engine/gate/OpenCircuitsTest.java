/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.monitor.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenCircuitsTest {

    private final HeapStore store = new HeapStore();
    private final GateEngine gate = TestGate.over(store);
    private final OpenCircuits circuits = new OpenCircuits(gate);

    @Test
    void anOpenCircuitPausesUnderAProfileThatAsksForIt() {
        gate.activate(TestGate.ANNA, "conservative");
        circuits.accept(List.of(signal("breaker.trying"), signal("goal.completed")));
        assertThat(gate.paused()).isFalse();
        circuits.accept(List.of(signal("breaker.opened"), signal("breaker.opened")));
        assertThat(gate.paused()).isTrue();
        gate.resume(TestGate.ANNA);
        circuits.accept(List.of(signal("breaker.closed")));
        assertThat(gate.paused()).isFalse();
    }

    @Test
    void anOpenCircuitPausesNothingUnderTheOthers() {
        assertThat(gate.active().name()).isEqualTo("moderate");
        circuits.accept(List.of(signal("breaker.opened")));
        assertThat(gate.paused()).isFalse();
    }

    private static Signal signal(String name) {
        return new Signal.Event(Instant.EPOCH, name, Map.of("backend", "far"));
    }
}
