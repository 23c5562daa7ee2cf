/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Outcome;
import ai.king.agents.Agents.Performed;
import ai.king.tool.ToolResult;
import java.util.Locale;
import java.util.Map;

/**
 * Tells how long steps, agents and tools took: names and how it ended, nothing else, so that there is one series for each
 * plug and ending. Telling costs one offer a sink.
 */
final class Durations {

    /** Where they go; {@code Signals::time}. */
    @FunctionalInterface
    interface Meter {
        void time(String name, long nanos, Map<String, String> attributes);
    }

    private final Meter meter;

    Durations(Meter meter) {
        this.meter = meter;
    }

    /** For work that is only rehearsed. */
    static Durations untold() {
        return new Durations((name, nanos, attributes) -> {});
    }

    /** One performance of a step, with the work that its agent handed on. */
    void step(String agent, Performed performed, long began) {
        String outcome = text(
                performed instanceof Performed.Ended ended ? ended.outcome().getClass() : performed.getClass());
        meter.time("step", System.nanoTime() - began, Map.of("agent", agent, "outcome", outcome));
    }

    void agent(String agent, Outcome outcome, long began) {
        meter.time(
                "agent.call", System.nanoTime() - began, Map.of("agent", agent, "outcome", text(outcome.getClass())));
    }

    /** The call itself, without checks, approval and records. */
    void tool(String tool, ToolResult result, long began) {
        meter.time("tool.call", System.nanoTime() - began, Map.of("tool", tool, "outcome", text(result.getClass())));
    }

    private static String text(Class<?> kind) {
        return kind.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
