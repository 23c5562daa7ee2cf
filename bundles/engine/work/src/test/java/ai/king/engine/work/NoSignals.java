/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.monitor.Signal;
import ai.king.signals.Signals;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nobody listens. */
final class NoSignals implements Signals {

    @Override
    public void emit(Signal signal) {}

    @Override
    public void event(String name, Map<String, String> attributes) {}

    @Override
    public void count(String name, double value, Map<String, String> attributes) {}

    @Override
    public void time(String name, long nanos, Map<String, String> attributes) {}

    @Override
    public List<Sink> sinks() {
        return List.of();
    }

    @Override
    public Optional<String> exposition(String sink) {
        return Optional.empty();
    }
}
