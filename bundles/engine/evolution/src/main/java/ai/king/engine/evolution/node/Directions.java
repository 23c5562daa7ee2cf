/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.evolution.Release.Item;
import ai.king.plug.Generation;
import ai.king.plug.Routes;
import ai.king.plug.Routes.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which generation gets the calls of each name. Used by one thread. */
final class Directions {

    /** Sinks and memories never share their work: the new one runs unheard, then takes over in one step. */
    private static final Set<String> SHADOWED = Set.of("MonitoringSink", "MemoryStore");

    private final Routes routes;
    private final Function<Item, String> ids;
    private final Set<Name> directed = new HashSet<>();

    /** @param ids generation of an item */
    Directions(Routes routes, Function<Item, String> ids) {
        this.routes = routes;
        this.ids = ids;
    }

    private record Name(String type, String name) {}

    private record Instance(String generation, String name) {}

    /** What is there at one moment, with the families of each: a brain is classifier and planner in one. */
    final class Present {
        private final Map<Instance, List<String>> types = new HashMap<>();

        private Present() {
            for (Generation there : routes.present()) {
                types.computeIfAbsent(new Instance(there.id(), there.name()), key -> new ArrayList<>())
                        .add(there.type());
            }
        }

        boolean has(Item item) {
            return types.containsKey(instance(item));
        }

        /** Under what it is called; what is not there yet is known by the family that its release says. */
        private List<Name> names(Item item) {
            return types.getOrDefault(instance(item), List.of(item.type())).stream()
                    .map(type -> new Name(type, item.name()))
                    .toList();
        }

        private Instance instance(Item item) {
            return new Instance(ids.apply(item), item.name());
        }
    }

    Present present() {
        return new Present();
    }

    /** Directs every name as the target says, and none that it does not say any more. */
    void follow(Target target, Present present) {
        Map<Name, String> mains = new LinkedHashMap<>();
        Map<Name, Trial> trials = new HashMap<>();
        target.items().forEach(item -> present.names(item).forEach(name -> mains.put(name, ids.apply(item))));
        target.trial().ifPresent(onTrial -> onTrial.items()
                .forEach(item -> present.names(item).forEach(name -> trials.put(name, trial(name, item, onTrial)))));
        Set<Name> all = new LinkedHashSet<>(directed);
        all.addAll(mains.keySet());
        all.addAll(trials.keySet());
        for (Name name : all) {
            routes.direct(name.type(), name.name(), mains.get(name), Optional.ofNullable(trials.get(name)));
        }
        directed.clear();
        directed.addAll(mains.keySet());
        directed.addAll(trials.keySet());
    }

    private Trial trial(Name name, Item item, Target.OnTrial onTrial) {
        return new Trial(ids.apply(item), onTrial.proposal(), SHADOWED.contains(name.type()) ? 0 : onTrial.percent());
    }
}
