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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Agents that live in the jail: each is registered here as if its bundle were installed, and its code never is. One that
 * takes over from another is woken first, on a thread of its own, so that no call waits for the start of its host.
 */
final class Residents {

    private static final String NAME = "king.agent.name";

    private final BundleContext context;
    private final Map<String, Housed> housed = new ConcurrentHashMap<>();

    Residents(BundleContext context) {
        this.context = context;
    }

    /** @param wakes whether its host starts before it is registered */
    void house(Item item, Path file, @Nullable Jail jail, boolean wakes) throws InstallFailed {
        String generation = Generations.id(item);
        if (housed.containsKey(generation)) {
            return;
        }
        if (jail == null) {
            throw new InstallFailed("it lives in the jail, and this node has none");
        }
        try {
            PlugJar jar = PlugJar.read(file);
            Housed one = new Housed(jail.house(file, item.values(), item.name()), properties(item, jar));
            housed.put(generation, one);
            one.begin(wakes);
        } catch (PlugJar.NotABundle | RuntimeException e) {
            remove(item);
            throw new InstallFailed("it cannot be housed in the jail: " + Installer.reason(e));
        }
    }

    /** Why it will not appear; empty while it may, or when it did. */
    Optional<String> refused(Item item) {
        Housed one = housed.get(Generations.id(item));
        return one == null ? Optional.empty() : Optional.ofNullable(one.refused);
    }

    void remove(Item item) {
        Housed one = housed.remove(Generations.id(item));
        if (one != null) {
            one.end();
        }
    }

    void close() {
        housed.values().forEach(Housed::end);
        housed.clear();
    }

    /** One of them, from the moment it is housed. */
    private final class Housed {

        private final Jail.Resident resident;
        private final Hashtable<String, Object> properties;
        private @Nullable ServiceRegistration<Agent> service;
        private @Nullable Thread waking;
        private volatile @Nullable String refused;
        private boolean ended;

        Housed(Jail.Resident resident, Hashtable<String, Object> properties) {
            this.resident = resident;
            this.properties = properties;
        }

        private synchronized void begin(boolean wakes) {
            if (!wakes) {
                register();
                return;
            }
            Thread thread = new Thread(this::wake, "king-wake-" + properties.get(NAME));
            thread.setDaemon(true);
            waking = thread;
            thread.start();
        }

        private void wake() {
            try {
                Optional<String> unfit = resident.wake();
                if (unfit.isPresent()) {
                    refused = unfit.get();
                } else {
                    register();
                }
            } catch (RuntimeException e) {
                refused = Installer.reason(e);
            }
        }

        private synchronized void register() {
            if (!ended) {
                service = context.registerService(Agent.class, resident.agent(), properties);
            }
        }

        private void end() {
            ServiceRegistration<Agent> registered;
            synchronized (this) {
                ended = true;
                registered = service;
                if (waking != null) {
                    waking.interrupt();
                }
            }
            if (registered != null) {
                registered.unregister();
            }
            resident.close();
        }
    }

    private static Hashtable<String, Object> properties(Item item, PlugJar jar) {
        Hashtable<String, Object> properties = new Hashtable<>();
        jar.component(item.plug()).map(Component::properties).orElse(Map.of()).forEach((key, value) -> {
            if (key.startsWith("king.")) {
                properties.put(key, value instanceof Collection<?> many ? many.toArray(new String[0]) : value);
            }
        });
        properties.put(NAME, item.name());
        properties.put("king.generation", Generations.id(item));
        properties.put("king.bundle.symbolicname", jar.symbolicName());
        properties.put("king.bundle.version", jar.version().toString());
        properties.put("king.placement", Generations.JAIL);
        return properties;
    }
}
