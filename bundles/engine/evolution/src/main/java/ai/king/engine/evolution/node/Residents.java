/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.agent.Agent;
import ai.king.engine.evolution.Generations;
import ai.king.engine.evolution.jar.Component;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.node.Installer.InstallFailed;
import ai.king.evolution.Jail;
import ai.king.evolution.Release.Item;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Agents that live in the jail: each is registered here as if its bundle were installed, and its code never is. */
final class Residents {

    private final BundleContext context;
    private final Map<String, Housed> housed = new ConcurrentHashMap<>();

    Residents(BundleContext context) {
        this.context = context;
    }

    private record Housed(Jail.Resident resident, ServiceRegistration<Agent> service) {}

    void house(Item item, Path file, @Nullable Jail jail) throws InstallFailed {
        String generation = Generations.id(item);
        if (housed.containsKey(generation)) {
            return;
        }
        if (jail == null) {
            throw new InstallFailed("it lives in the jail, and this node has none");
        }
        Jail.Resident resident = null;
        try {
            PlugJar jar = PlugJar.read(file);
            resident = jail.house(file, item.values(), item.name());
            ServiceRegistration<Agent> service =
                    context.registerService(Agent.class, resident.agent(), properties(item, jar));
            housed.put(generation, new Housed(resident, service));
        } catch (PlugJar.NotABundle | RuntimeException e) {
            if (resident != null) {
                resident.close();
            }
            throw new InstallFailed("it cannot be housed in the jail: " + Installer.reason(e));
        }
    }

    void remove(Item item) {
        Housed one = housed.remove(Generations.id(item));
        if (one != null) {
            one.service().unregister();
            one.resident().close();
        }
    }

    void close() {
        housed.values().forEach(one -> one.resident().close());
        housed.clear();
    }

    private static Hashtable<String, Object> properties(Item item, PlugJar jar) {
        Hashtable<String, Object> properties = new Hashtable<>();
        jar.component(item.plug()).map(Component::properties).orElse(Map.of()).forEach((key, value) -> {
            if (key.startsWith("king.")) {
                properties.put(key, value instanceof Collection<?> many ? many.toArray(new String[0]) : value);
            }
        });
        properties.put("king.agent.name", item.name());
        properties.put("king.generation", Generations.id(item));
        properties.put("king.bundle.symbolicname", jar.symbolicName());
        properties.put("king.bundle.version", jar.version().toString());
        properties.put("king.placement", Generations.JAIL);
        return properties;
    }
}
