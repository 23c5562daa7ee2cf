/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One declarative service of a bundle, as its description says.
 *
 * @param pid the configuration it is made from
 * @param required whether there is no instance without a configuration
 * @param provides names of the service interfaces
 * @param properties the service properties with their defaults
 * @param immediate whether it comes to life without being asked for
 * @param references names of the services it asks for
 */
public record Component(
        String name,
        String pid,
        boolean required,
        boolean immediate,
        List<String> provides,
        Map<String, Object> properties,
        List<String> references) {

    private static final Map<String, String> NAMES = Map.of(
            "ai.king.agent.Agent", "king.agent.name",
            "ai.king.tool.Tool", "king.tool.name",
            "ai.king.inference.InferenceBackend", "king.backend.name",
            "ai.king.brain.IntentClassifier", "king.brain.name",
            "ai.king.brain.Planner", "king.brain.name",
            "ai.king.monitor.MonitoringSink", "king.sink.name",
            "ai.king.memory.MemoryStore", "king.memory.name");

    /** The interface of the plug's family; empty for a component that is no plug. */
    public Optional<String> family() {
        return provides.stream().filter(NAMES::containsKey).sorted().findFirst();
    }

    /** The family as releases write it: the interface's simple name. */
    public Optional<String> type() {
        return family().map(name -> name.substring(name.lastIndexOf('.') + 1));
    }

    /** The service property with the plug's name. */
    public Optional<String> nameProperty() {
        return family().map(NAMES::get);
    }

    /** The name of the plug under this configuration: the configuration's, or the component's. */
    public Optional<String> plugName(Map<String, Object> values) {
        return nameProperty()
                .map(key -> values.getOrDefault(key, properties.get(key)))
                .map(Object::toString);
    }

    static boolean isFamily(String type) {
        return NAMES.containsKey(type);
    }
}
