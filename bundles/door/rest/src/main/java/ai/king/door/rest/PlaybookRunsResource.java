/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.business.PlaybookRun;
import ai.king.business.Playbooks;
import ai.king.work.Goals;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Businesses on their way through playbooks. */
@Path("/playbook-runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PlaybookRunsResource {

    private final Engines engines;

    PlaybookRunsResource(Engines engines) {
        this.engines = engines;
    }

    /** What no record shows, by metric: numbers, true or false. */
    public record Facts(@Nullable Map<String, Object> facts) {

        Map<String, String> texts() {
            Map<String, Object> given = facts == null ? Map.of() : facts;
            new Checks()
                    .expect(!given.isEmpty(), "/facts", "is needed")
                    .expect(
                            given.values().stream()
                                    .allMatch(value -> value instanceof Number || value instanceof Boolean),
                            "/facts",
                            "values are numbers, true or false")
                    .pass();
            Map<String, String> texts = new LinkedHashMap<>();
            given.forEach((metric, value) -> texts.put(
                    metric,
                    value instanceof Number number
                            ? new BigDecimal(number.toString()).toPlainString()
                            : String.valueOf(value)));
            return texts;
        }
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Says("A run with its stages, its steps and what the gate of its stage still requires")
    public PlaybookRunView get(@PathParam("id") String id) {
        return view(playbooks().run(id).orElseThrow(() -> Refusal.unknown("playbook run", id)));
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Needs(Role.OPERATOR)
    @Says("Ends a run and the goal of its stage")
    public PlaybookRunView cancel(@PathParam("id") String id, @Context Caller caller) {
        return view(playbooks().cancel(caller.actor(), id));
    }

    @POST
    @Path("/{id}/facts")
    @Needs(Role.OPERATOR)
    @Says("Reports what a gate asks for and no record shows; who reported it stands in the ledger")
    public PlaybookRunView report(@PathParam("id") String id, Facts body, @Context Caller caller) {
        return view(playbooks().report(caller.actor(), id, body.texts()));
    }

    private PlaybookRunView view(PlaybookRun run) {
        return PlaybookRunView.of(run, engines.get(Goals.class));
    }

    private Playbooks playbooks() {
        return engines.get(Playbooks.class);
    }
}
