/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.plug.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns services into instances: who registered them decides what they may do. */
final class PlugTracker implements ServiceTrackerCustomizer<Object, Arrival> {

    private static final Logger LOG = LoggerFactory.getLogger(PlugTracker.class);

    /** Locations that the reconciler installs at. */
    private static final String RELEASED = "king:";

    private static final String PLATFORM = "platform";

    private final BundleContext context;
    private final Table table;
    private final Duration drain;

    PlugTracker(BundleContext context, Table table, Duration drain) {
        this.context = context;
        this.table = table;
        this.drain = drain;
    }

    @Override
    public @Nullable Arrival addingService(ServiceReference<Object> reference) {
        Bundle bundle = reference.getBundle();
        Object id = reference.getProperty("king.generation");
        if (bundle == null) {
            return null;
        }
        if (id == null && bundle.getLocation().startsWith(RELEASED)) {
            LOG.warn(
                    "{} {} registered a service without a generation: it gets no calls",
                    bundle.getSymbolicName(),
                    bundle.getVersion());
            return null;
        }
        Arrival arrival = new Arrival(context, reference, table, plug -> tracked(reference, bundle, plug));
        if (bundle.getLocation().startsWith(RELEASED)) {
            arrival.aside("king-activate-" + bundle.getSymbolicName());
        } else {
            arrival.take();
        }
        return arrival;
    }

    private List<Tracked> tracked(ServiceReference<Object> reference, Bundle bundle, Object plug) {
        List<Tracked> tracked = new ArrayList<>();
        for (Family family : Family.values()) {
            if (family.type().isInstance(plug) && offers(reference, family)) {
                track(reference, bundle, family, plug, tracked);
            }
        }
        return tracked;
    }

    private static void track(
            ServiceReference<Object> reference, Bundle bundle, Family family, Object plug, List<Tracked> tracked) {
        if (!(reference.getProperty(family.property()) instanceof String)) {
            LOG.warn(
                    "{} {} registered {} without {}: it gets no calls",
                    bundle.getSymbolicName(),
                    bundle.getVersion(),
                    family.label(),
                    family.property());
            return;
        }
        Generation generation = describe(reference, bundle, family);
        Instance instance = new Instance(generation, plug, generation.id().equals(PLATFORM));
        tracked.add(new Tracked(family, instance));
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, Arrival arrival) {
        Bundle bundle = reference.getBundle();
        if (bundle == null) {
            return;
        }
        for (Tracked one : arrival.tracked()) {
            Generation before = one.instance().generation();
            Generation now = describe(reference, bundle, one.family());
            if (now.id().equals(before.id()) && now.name().equals(before.name())) {
                one.instance().describe(now);
            }
        }
        table.changed();
    }

    @Override
    public void removedService(ServiceReference<Object> reference, Arrival arrival) {
        arrival.leave(drain);
    }

    private static boolean offers(ServiceReference<?> reference, Family family) {
        return List.of((String[]) reference.getProperty("objectClass"))
                .contains(family.type().getName());
    }

    /** A service may stand for another bundle: the fixed component that speaks for agents in the jail does. */
    private static Generation describe(ServiceReference<?> reference, Bundle bundle, Family family) {
        return new Generation(
                text(reference, "king.generation", PLATFORM),
                family.label(),
                text(reference, family.property(), ""),
                text(reference, "king.bundle.symbolicname", bundle.getSymbolicName()),
                text(reference, "king.bundle.version", bundle.getVersion().toString()),
                bundle.getBundleId(),
                properties(reference));
    }

    private static String text(ServiceReference<?> reference, String key, String otherwise) {
        return reference.getProperty(key) instanceof String text ? text : otherwise;
    }

    /** A copy without values of the plug's own classes: those would keep its class loader. */
    private static Map<String, Object> properties(ServiceReference<?> reference) {
        Map<String, Object> properties = new TreeMap<>();
        for (String key : reference.getPropertyKeys()) {
            Object value = reference.getProperty(key);
            if (value instanceof Object[] array) {
                value = List.of(array);
            }
            if (value.getClass().getClassLoader() == null) {
                properties.put(key, value);
            }
        }
        return properties;
    }
}
