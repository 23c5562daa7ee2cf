/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses the site when a circuit opens and the active profile asks for that. Whoever opens one says so with the signal
 * {@code breaker.opened}; this hears it as a sink of the platform's own.
 */
@Component(immediate = true, property = "king.sink.name=gate")
public final class OpenCircuits implements MonitoringSink {

    private static final Logger LOG = LoggerFactory.getLogger(OpenCircuits.class);

    private final GateEngine gate;

    @Activate
    public OpenCircuits(@Reference GateEngine gate) {
        this.gate = gate;
    }

    @Override
    public void accept(List<Signal> signals) {
        for (Signal signal : signals) {
            if (signal.name().equals("breaker.opened") && gate.pauseForCircuit(signal.attributes())) {
                LOG.warn(
                        "Paused: the circuit of {} opened, and the risk profile {} asks for a pause then",
                        signal.attributes(),
                        gate.active().name());
            }
        }
    }
}
