/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import ai.king.engine.evolution.jar.Option;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.jar.Reaches;
import ai.king.evolution.Release.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether the values of a configuration are options of the plug, each with a value it takes. */
public final class ConfigurationCheck {

    /** What the reconciler sets itself, and what the bundle says of itself and people were asked about. */
    private static final Set<String> RESERVED = Set.of("king.generation", "king.name", Reaches.PROPERTY);

    private ConfigurationCheck() {}

    public static Answer ask(PlugJar jar, Item item) {
        Map<String, Option> options = jar.options().getOrDefault(item.plug(), List.of()).stream()
                .collect(Collectors.toMap(Option::id, Function.identity(), (first, second) -> first));
        List<String> faults = new ArrayList<>();
        item.values().forEach((key, value) -> {
            Option option = options.get(key);
            if (RESERVED.contains(key)) {
                faults.add(key + " is not set by a configuration");
            } else if (option != null) {
                option.refuse(value).ifPresent(faults::add);
            } else if (!key.startsWith("king.")) {
                faults.add(key + " is no option of " + item.plug() + ": it has "
                        + options.keySet().stream().sorted().toList());
            }
        });
        options.values().stream()
                .filter(option -> option.required() && option.preset() == null)
                .filter(option -> !item.values().containsKey(option.id()))
                .forEach(option -> faults.add(option.id() + " has no default and needs a value"));
        boolean renamed = jar.component(item.plug())
                .flatMap(component -> component.plugName(item.values()))
                .filter(name -> !name.equals(item.name()))
                .isPresent();
        if (renamed) {
            faults.add("a configuration does not change the name of its plug");
        }
        return Answer.of(faults, item.values().size() + " values, each an option of " + item.plug());
    }
}
