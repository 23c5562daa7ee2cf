/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Agent;
import ai.king.agents.Tools;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.tool.Tool;
import ai.king.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The tools that take calls, by the descriptions they give once for each instance; and those that agents name in vain. */
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

    private Optional<ToolSpec> spec(Generation generation) {
        String id = generation.name() + "@" + generation.id();
        ToolSpec known = specs.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ToolSpec> told = leased(generation, Tool::spec);
        told.ifPresent(spec -> specs.put(id, spec));
        return told;
    }

    private <T> Optional<T> leased(Generation generation, Function<Tool, T> question) {
        try (Lease<Tool> lease = plugs.lease(Tool.class, generation.name(), ANY.pin(generation.id()))) {
            return Optional.of(question.apply(lease.plug()));
        } catch (NoSuchPlug e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Described> list() {
        Map<String, Described> all = new TreeMap<>();
        for (Generation generation : plugs.current(Tool.class)) {
            offered(generation).ifPresent(tool -> all.put(tool.name(), tool));
        }
        Map<String, SortedSet<String>> wanted = new TreeMap<>();
        for (Generation agent : plugs.current(Agent.class)) {
            Profile.tools(agent).forEach(tool -> wanted.computeIfAbsent(tool, name -> new TreeSet<>())
                    .add(agent.name()));
        }
        wanted.forEach((name, agents) -> all.computeIfAbsent(name, tool -> absent(tool, agents)));
        return List.copyOf(all.values());
    }

    private Optional<Described> offered(Generation generation) {
        return spec(generation).flatMap(spec -> leased(generation, Tool::missing)
                .map(missing -> described(generation.name(), Optional.of(spec), missing)));
    }

    private static Described absent(String name, SortedSet<String> agents) {
        return described(
                name,
                Optional.empty(),
                List.of("a bundle with the tool " + name + ", which these agents call: " + String.join(", ", agents)));
    }

    private static Described described(String name, Optional<ToolSpec> spec, List<String> missing) {
        return new Described(name, spec, missing.isEmpty() ? "READY" : "MISSING", List.copyOf(missing));
    }

    @Override
    public Optional<ToolSpec> spec(String name) {
        return plugs.current(Tool.class).stream()
                .filter(generation -> generation.name().equals(name))
                .findFirst()
                .flatMap(this::spec);
    }
}
