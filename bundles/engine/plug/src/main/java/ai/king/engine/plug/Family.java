/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.agent.Agent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Planner;
import ai.king.inference.InferenceBackend;
import ai.king.memory.MemoryStore;
import ai.king.monitor.MonitoringSink;
import ai.king.tool.Tool;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The interfaces that plugs implement, each with the service property that holds a plug's name. */
enum Family {
    AGENT(Agent.class, "king.agent.name"),
    TOOL(Tool.class, "king.tool.name"),
    BACKEND(InferenceBackend.class, "king.backend.name"),
    CLASSIFIER(IntentClassifier.class, "king.brain.name"),
    PLANNER(Planner.class, "king.brain.name"),
    SINK(MonitoringSink.class, "king.sink.name"),
    MEMORY(MemoryStore.class, "king.memory.name");

    private final Class<?> type;
    private final String property;

    Family(Class<?> type, String property) {
        this.type = type;
        this.property = property;
    }

    Class<?> type() {
        return type;
    }

    String property() {
        return property;
    }

    String label() {
        return type.getSimpleName();
    }

    /** The family of a service interface. */
    static Optional<Family> of(Class<?> type) {
        return Arrays.stream(values()).filter(family -> family.type == type).findFirst();
    }

    static Family labelled(String label) {
        return Arrays.stream(values())
                .filter(family -> family.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no family of plugs is called " + label));
    }

    /** Matches the services of every family. */
    static String filter() {
        return Arrays.stream(values())
                .map(family -> "(objectClass=" + family.type.getName() + ")")
                .collect(Collectors.joining("", "(|", ")"));
    }
}
