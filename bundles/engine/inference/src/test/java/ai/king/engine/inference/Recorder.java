/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.monitor.Signal;
import ai.king.signals.Signals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes names of events, and spans. */
final class Recorder implements Signals {

    final List<String> events = new CopyOnWriteArrayList<>();
    final List<Signal.Span> spans = new CopyOnWriteArrayList<>();

    @Override
    public void emit(Signal signal) {
        if (signal instanceof Signal.Span span) {
            spans.add(span);
        }
    }

    @Override
    public void event(String name, Map<String, String> attributes) {
        events.add(name);
    }

    @Override
    public void count(String name, double value, Map<String, String> attributes) {}

    @Override
    public void time(String name, long nanos, Map<String, String> attributes) {}

    @Override
    public Optional<String> exposition(String sink) {
        return Optional.empty();
    }

    @Override
    public List<Sink> sinks() {
        return List.of();
    }
}
