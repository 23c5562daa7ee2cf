/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.door.rest.AgentsResource.GenerationView;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;

/** Every plug of every family on this node, with the generations that serve it. */
@Path("/plugs")
@Produces(MediaType.APPLICATION_JSON)
public final class PlugsResource {

    private final Engines engines;

    PlugsResource(Engines engines) {
        this.engines = engines;
    }

    /**
     * A name of a family.
     *
     * @param plug the symbolic name of the bundle that its main generation comes from
     */
    public record PlugView(String type, String name, String plug, List<GenerationView> generations) {
        static PlugView of(List<Route> routes) {
            Route main = routes.get(0);
            return new PlugView(
                    main.generation().type(),
                    main.generation().name(),
                    main.generation().symbolicName(),
                    routes.stream().map(GenerationView::of).toList());
        }
    }

    @GET
    @Needs(Role.VIEWER)
    @Says("The plugs of all families with their generations on this node, the main one first")
    public Items<PlugView> list() {
        Map<String, List<Route>> names = engines.get(Routes.class).all().stream()
                .collect(Collectors.groupingBy(
                        route -> route.generation().type() + "/"
                                + route.generation().name(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return Items.all(List.copyOf(names.values()), PlugView::of);
    }
}
