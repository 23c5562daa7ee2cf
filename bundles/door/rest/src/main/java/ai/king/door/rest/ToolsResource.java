/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.agents.Tools;
import ai.king.store.Json;
import ai.king.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The tools that are installed, and those that agents ask for. */
@Path("/tools")
@Produces(MediaType.APPLICATION_JSON)
public final class ToolsResource {

    private final Engines engines;

    ToolsResource(Engines engines) {
        this.engines = engines;
    }

    /** A tool; one that cannot be called says what it misses, and of one that only agents name its name alone is known. */
    public record ToolView(
            String name,
            @Nullable String description,
            @Nullable String effect,
            @Nullable Map<String, Object> schema,
            String state,
            List<String> missing) {
        static ToolView of(Tools.Described tool) {
            return new ToolView(
                    tool.name(),
                    tool.spec().map(ToolSpec::description).orElse(null),
                    tool.spec().map(spec -> spec.effect().name()).orElse(null),
                    tool.spec().map(spec -> Json.readMap(spec.schema())).orElse(null),
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
