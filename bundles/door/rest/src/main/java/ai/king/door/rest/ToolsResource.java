/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.agents.Tools;
import ai.king.store.Json;
import java.util.List;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;

/** The tools that are installed. */
@Path("/tools")
@Produces(MediaType.APPLICATION_JSON)
public final class ToolsResource {

    private final Engines engines;

    ToolsResource(Engines engines) {
        this.engines = engines;
    }

    /** A tool; one that cannot be called says what it misses. */
    public record ToolView(
            String name,
            String description,
            String effect,
            Map<String, Object> schema,
            String state,
            List<String> missing) {
        static ToolView of(Tools.Described tool) {
            return new ToolView(
                    tool.spec().name(),
                    tool.spec().description(),
                    tool.spec().effect().name(),
                    Json.readMap(tool.spec().schema()),
                    tool.state(),
                    tool.missing());
        }
    }

    @GET
    @Needs(Role.VIEWER)
    @Says("The tools, also those that miss something")
    public Items<ToolView> list() {
        return Items.all(engines.get(Tools.class).list(), ToolView::of);
    }
}
