/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.signals;

import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.signals.Signals;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Gives each signal to the outlet of each sink. An outlet has a bounded queue and a thread of its own, so emitting costs one
 * offer a sink and a sink that hangs fills nobody's queue but its own.
 */
@Component(configurationPid = "ai.king.engine.signals", immediate = true)
@Designate(ocd = SignalRouter.Config.class)
@Capability(namespace = "osgi.implementation", name = "king.monitor", version = "1.0.0")
public final class SignalRouter implements Signals {

    @ObjectClassDefinition(name = "Signals", description = "Takes signals to the sinks")
    @interface Config {
        @AttributeDefinition(description = "Signals kept for a sink that is slow; older ones are lost first")
        int queue() default 10_000;

        @AttributeDefinition(description = "Signals given to a sink at once, at most")
        int batch() default 500;

        @AttributeDefinition(description = "Longest time a signal waits for its batch, in milliseconds")
        int linger_millis() default 200;
    }

    private final Plugs plugs;
    private final Config config;
    private final Clock clock;
    private final AutoCloseable subscription;
    private volatile Map<String, Outlet> outlets = Map.of();

    @Activate
    public SignalRouter(@Reference Plugs plugs, Config config) {
        this(plugs, config, Clock.systemUTC());
    }

    SignalRouter(Plugs plugs, Config config, Clock clock) {
        this.plugs = plugs;
        this.config = config;
        this.clock = clock;
        subscription = plugs.onChange(this::refresh);
        refresh();
    }

    @Deactivate
    void close() throws Exception {
        subscription.close();
        outlets.values().forEach(Outlet::close);
    }

    /** One outlet for each name of a sink; its generations are chosen by the lease, so a swap needs nothing here. */
    private synchronized void refresh() {
        Set<String> names = plugs.names(MonitoringSink.class);
        Map<String, Outlet> next = new LinkedHashMap<>();
        for (String name : names) {
            Outlet outlet = outlets.get(name);
            next.put(name, outlet != null ? outlet : new Outlet(name, plugs, config));
        }
        outlets.forEach((name, outlet) -> {
            if (!names.contains(name)) {
                outlet.close();
            }
        });
        outlets = Map.copyOf(next);
    }

    @Override
    public void emit(Signal signal) {
        for (Outlet outlet : outlets.values()) {
            outlet.offer(signal);
        }
    }

    @Override
    public void event(String name, Map<String, String> attributes) {
        emit(new Signal.Event(clock.instant(), name, attributes));
    }

    @Override
    public void count(String name, double value, Map<String, String> attributes) {
        emit(new Signal.Measure(clock.instant(), name, Signal.Kind.COUNTER, value, "1", attributes));
    }

    @Override
    public void time(String name, long nanos, Map<String, String> attributes) {
        emit(new Signal.Measure(clock.instant(), name, Signal.Kind.HISTOGRAM, nanos / 1e9, "s", attributes));
    }

    @Override
    public List<Sink> sinks() {
        return outlets.values().stream().map(Outlet::state).toList();
    }

    @Override
    public Optional<String> exposition(String sink) {
        if (!outlets.containsKey(sink)) {
            return Optional.empty();
        }
        try (Lease<MonitoringSink> lease = plugs.lease(MonitoringSink.class, sink, RouteKey.of(sink))) {
            return lease.plug().exposition();
        } catch (NoSuchPlug e) {
            return Optional.empty();
        }
    }
}
