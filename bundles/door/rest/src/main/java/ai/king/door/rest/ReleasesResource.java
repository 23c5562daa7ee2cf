/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.evolution.Evolution;
import ai.king.evolution.Release;
import java.time.Instant;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Releases: what should run. */
@Path("/releases")
@Produces(MediaType.APPLICATION_JSON)
public final class ReleasesResource {

    private final Engines engines;

    ReleasesResource(Engines engines) {
        this.engines = engines;
    }

    /** What should run; never changed once stored. */
    public record ReleaseView(long no, long parent, @Nullable String proposalId, List<Release.Item> items, Instant at) {
        static ReleaseView of(Release release) {
            return new ReleaseView(release.no(), release.parent(), release.proposalId(), release.items(), release.at());
        }
    }

    @GET
    @Needs(Role.VIEWER)
    @Says("Releases, newest first")
    public Items<ReleaseView> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        Slice slice = Slice.of(cursor, limit);
        return Items.of(engines.get(Evolution.class).releases(slice.cursor(), slice.limit()), ReleaseView::of);
    }

    @GET
    @Path("/{no}")
    @Needs(Role.VIEWER)
    @Says("A release with its items")
    public ReleaseView get(@PathParam("no") String no) {
        long number;
        try {
            number = Long.parseLong(no);
        } catch (NumberFormatException e) {
            throw Refusal.unknown("release", no);
        }
        return engines.get(Evolution.class)
                .release(number)
                .map(ReleaseView::of)
                .orElseThrow(() -> Refusal.unknown("release", no));
    }
}
