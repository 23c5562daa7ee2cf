/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.evolution.Accepted;
import ai.king.evolution.Evolution;
import java.time.Instant;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** What became permanent, as the export to git names it. */
@Path("/evolution/history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryResource {

    private final Engines engines;

    HistoryResource(Engines engines) {
        this.engines = engines;
    }

    /** An accepted change. */
    public record AcceptedView(
            String commit,
            @Nullable String proposalId,
            String title,
            Instant at,
            String tag,
            @Nullable ExpectationView expectation) {
        static AcceptedView of(Accepted accepted, Evolution evolution) {
            String proposal = accepted.proposalId();
            return new AcceptedView(
                    accepted.commit(),
                    proposal,
                    accepted.title(),
                    accepted.at(),
                    accepted.tag(),
                    proposal == null
                            ? null
                            : evolution
                                    .expectation(proposal)
                                    .map(ExpectationView::of)
                                    .orElse(null));
        }
    }

    @GET
    @Needs(Role.VIEWER)
    @Says(
            "What became permanent, newest first, with its commit in the export to git and what came of what was expected")
    public Items<AcceptedView> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        Slice slice = Slice.of(cursor, limit);
        Evolution evolution = engines.get(Evolution.class);
        return Items.of(
                evolution.accepted(slice.cursor(), slice.limit()), accepted -> AcceptedView.of(accepted, evolution));
    }
}
