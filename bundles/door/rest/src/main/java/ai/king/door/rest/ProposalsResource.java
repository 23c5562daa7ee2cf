/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Proposals: what shall run instead of what runs. */
@Path("/evolution/proposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ProposalsResource {

    private static final int TITLE_LIMIT = 200;
    private static final int DESCRIPTION_LIMIT = 20_000;
    private static final String PATCH_TYPE = "text/x-diff";
    private static final Set<String> PLACEMENTS = Set.of("platform", "jail");

    private final Engines engines;

    ProposalsResource(Engines engines) {
        this.engines = engines;
    }

    /** A proposal as it is made; who proposes is never part of it. */
    public record NewProposal(
            Proposal.@Nullable Kind kind,
            @Nullable String title,
            @Nullable String description,
            @Nullable Map<String, Object> change,
            @Nullable String placement) {

        /** What the engine takes; {@link Refusal} when something is missing or too long. */
        Evolution.NewProposal checked(Optional<InputStream> bundle, Optional<InputStream> tests) {
            Proposal.Kind known = kind;
            new Checks()
                    .needed(known, "/kind")
                    .needed(title, "/title")
                    .atMost(title, TITLE_LIMIT, "/title")
                    .atMost(description, DESCRIPTION_LIMIT, "/description")
                    .expect(
                            placement == null || PLACEMENTS.contains(placement),
                            "/placement",
                            "must be one of platform, jail")
                    .expect(known != Proposal.Kind.BUNDLE || bundle.isPresent(), "/bundle", "a jar is needed")
                    .expect(
                            known == Proposal.Kind.BUNDLE || bundle.isEmpty(),
                            "/bundle",
                            "only the kind BUNDLE comes with a jar")
                    .expect(known == Proposal.Kind.BUNDLE || change != null, "/change", "is needed")
                    .pass();
            return new Evolution.NewProposal(
                    known == null ? Proposal.Kind.BUNDLE : known,
                    String.valueOf(title),
                    description == null ? "" : description,
                    change == null ? Map.of() : change,
                    Optional.ofNullable(placement),
                    bundle,
                    tests);
        }
    }

    /** What filing a proposal answers. */
    public record Accepted(String id, String status) {
        static Accepted of(Proposal proposal) {
            return new Accepted(proposal.id(), proposal.status().name());
        }
    }

    @POST
    @Needs(Role.DEVELOPER)
    @Says(
            value =
                    "Files a proposal; one with a jar comes as multipart/form-data with the parts proposal, bundle and tests",
            status = 202)
    public Accepted propose(NewProposal body, @Context Caller caller) {
        return Accepted.of(evolution().propose(caller.identity(), body.checked(Optional.empty(), Optional.empty())));
    }

    @GET
    @Needs(Role.VIEWER)
    @Says("Proposals, newest first, without their history")
    public Items<ProposalView> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        Slice slice = Slice.of(cursor, limit);
        return Items.of(
                evolution().page(slice.cursor(), slice.limit()), proposal -> ProposalView.of(proposal, null, null));
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Says("A proposal with its findings, its canary, what was expected of it, and its history")
    public ProposalView get(@PathParam("id") String id) {
        return view(find(id));
    }

    @POST
    @Path("/{id}/withdraw")
    @Consumes(MediaType.WILDCARD)
    @Needs({Role.DEVELOPER, Role.ADMIN})
    @Says("The proposer takes it back before it is approved")
    public ProposalView withdraw(@PathParam("id") String id, @Context Caller caller) {
        if (!find(id).author().equals(caller.name())) {
            throw Refusal.of(403, "only who proposed it takes it back");
        }
        return view(evolution().withdraw(caller.identity(), id));
    }

    @POST
    @Path("/{id}/promote")
    @Consumes(MediaType.WILDCARD)
    @Needs({Role.APPROVER, Role.LEGAL_APPROVER})
    @Says("Ends a canary for good; never by its own author")
    public ProposalView promote(@PathParam("id") String id, @Context Caller caller) {
        if (find(id).author().equals(caller.name())) {
            throw Refusal.of(403, "nobody promotes a proposal of their own");
        }
        return view(evolution().promote(caller.identity(), id));
    }

    @POST
    @Path("/{id}/abort")
    @Consumes(MediaType.WILDCARD)
    @Needs({Role.APPROVER, Role.LEGAL_APPROVER})
    @Says("Ends a canary and goes back")
    public ProposalView abort(@PathParam("id") String id, @Context Caller caller) {
        find(id);
        return view(evolution().abort(caller.identity(), id));
    }

    @POST
    @Path("/{id}/rollback")
    @Consumes(MediaType.WILDCARD)
    @Needs(Role.ADMIN)
    @Says(
            value =
                    "Puts this proposal's items back, byte for byte; 409 with the reason when a later release changed them",
            status = 202)
    public ProposalView rollback(@PathParam("id") String id, @Context Caller caller) {
        find(id);
        return view(evolution().rollback(caller.identity(), id));
    }

    @GET
    @Path("/{id}/patch")
    @Produces(PATCH_TYPE)
    @Needs(Role.VIEWER)
    @Says(
            value = "The patch of an INFRASTRUCTURE proposal that was approved, byte for byte, for people to apply",
            type = String.class)
    public Response patch(@PathParam("id") String id) {
        Proposal proposal = find(id);
        if (proposal.kind() != Proposal.Kind.INFRASTRUCTURE) {
            throw Refusal.of(404, "a proposal of the kind " + proposal.kind() + " has no patch");
        }
        if (proposal.status() != Proposal.Status.COMPLETED) {
            throw Refusal.of(409, "it is " + proposal.status() + ": a patch is handed out once people approved it");
        }
        return Response.ok(String.valueOf(proposal.change().get("patch")), PATCH_TYPE + ";charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + proposal.id() + ".patch\"")
                .build();
    }

    private ProposalView view(Proposal proposal) {
        return ProposalView.of(
                proposal,
                evolution().history(proposal.id()),
                evolution().expectation(proposal.id()).map(ExpectationView::of).orElse(null));
    }

    private Proposal find(String id) {
        return evolution().find(id).orElseThrow(() -> Refusal.unknown("proposal", id));
    }

    private Evolution evolution() {
        return engines.get(Evolution.class);
    }
}
