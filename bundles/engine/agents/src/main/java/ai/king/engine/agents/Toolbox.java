/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agents.Tools;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.tool.Tool;
import ai.king.tool.ToolSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The tools that take calls, by the descriptions they give once for each instance. */
@Capability(namespace = "osgi.implementation", name = "king.tool", version = "1.0.0")
@Component(immediate = true, service = Tools.class)
public final class Toolbox implements Tools {

    private static final RouteKey ANY = RouteKey.of("tools");

    private final Plugs plugs;
    private final Map<String, ToolSpec> specs = new ConcurrentHashMap<>();

    private final AutoCloseable watching;

    @Activate
    public Toolbox(@Reference Plugs plugs) {
        this.plugs = plugs;
        // What was described is forgotten when generations come or go.
        watching = plugs.onChange(specs::clear);
    }

    @Deactivate
    void stop() throws Exception {
        watching.close();
    }

    private List<ToolSpec> specs() {
        return plugs.current(Tool.class).stream()
                .map(this::spec)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(ToolSpec::name))
                .toList();
    }

    private Optional<ToolSpec> spec(Generation generation) {
        String id = generation.name() + "@" + generation.id();
        ToolSpec known = specs.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        try (Lease<Tool> lease = plugs.lease(Tool.class, generation.name(), ANY.pin(generation.id()))) {
            ToolSpec spec = lease.plug().spec();
            specs.put(id, spec);
            return Optional.of(spec);
        } catch (NoSuchPlug e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Described> list() {
        return specs().stream()
                .map(spec -> new Described(spec, "READY", List.of()))
                .toList();
    }

    @Override
    public Optional<ToolSpec> spec(String name) {
        return plugs.current(Tool.class).stream()
                .filter(generation -> generation.name().equals(name))
                .findFirst()
                .flatMap(this::spec);
    }
}
