/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.Plugs;
import ai.king.plug.Route;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;

/** The one whiteboard: tracks the services of all plugs and leases them. */
@Component(immediate = true, configurationPid = "ai.king.engine.plug")
@Designate(ocd = PlugEngine.Config.class)
public final class PlugEngine implements Plugs, Routes {

    @ObjectClassDefinition(name = "Plug engine", description = "Leases generations of plugs")
    @interface Config {
        @AttributeDefinition(
                description = "Seconds that a plug which is being stopped waits for the calls that are under way in it")
        int drainSeconds() default 60;
    }

    private final Table table = new Table();
    private final ServiceTracker<Object, Arrival> tracker;

    @Activate
    public PlugEngine(BundleContext context, Config config) throws InvalidSyntaxException {
        tracker = new ServiceTracker<>(
                context,
                context.createFilter(Family.filter()),
                new PlugTracker(context, table, Duration.ofSeconds(config.drainSeconds())));
        // All services, and the class is looked at here: the framework's own look fails when the bundle was uninstalled
        // while its
        // service leaves, and then nobody hears of it and the plug is held for ever.
        tracker.open(true);
    }

    @Deactivate
    void stop() {
        tracker.close();
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
        return table.lease(type, name, key);
    }

    @Override
    public Set<String> names(Class<?> type) {
        return table.names(type);
    }

    @Override
    public List<Generation> current(Class<?> type) {
        return table.current(type);
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return table.onChange(listener);
    }

    @Override
    public List<Route> of(String type, String name) {
        return table.of(type, name);
    }

    @Override
    public List<Route> onTrial(String type, String name) {
        return table.onTrial(type, name);
    }

    @Override
    public List<Route> all() {
        return table.all();
    }

    @Override
    public List<Generation> present() {
        return table.present();
    }

    @Override
    public void direct(String type, String name, @Nullable String main, Optional<Trial> trial) {
        table.direct(type, name, main, trial);
    }

    @Override
    public boolean drained(String type, String name, String generation, Duration atMost) {
        return table.drained(type, name, generation, atMost);
    }
}
