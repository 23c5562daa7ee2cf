/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Risk;
import ai.king.gate.Vote;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Questions to people, and their votes. */
@Path("/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ApprovalsResource {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int NOTES_LIMIT = 2_000;

    private final Engines engines;

    ApprovalsResource(Engines engines) {
        this.engines = engines;
    }

    /** A vote as it is cast; the hash says on which payload. */
    public record NewVote(Vote.@Nullable Decision decision, @Nullable String notes, @Nullable String payloadSha256) {}

    @GET
    @Needs(Role.VIEWER)
    @Says("The open queue (critical first, then oldest), or with a filter those of one status, risk or type")
    public Items<ApprovalView> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("risk") @Nullable String risk,
            @QueryParam("type") @Nullable String type,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Slice slice = Slice.of(cursor, limit);
        Optional<Approval.Status> wanted = Slice.choice(Approval.Status.class, status, "status");
        Approvals.Filter filter = new Approvals.Filter(
                wanted,
                Slice.choice(Risk.class, risk, "risk"),
                Slice.choice(Approval.Type.class, type, "type"),
                wanted.isEmpty());
        return Items.of(approvals().page(filter, slice.cursor(), slice.limit()), this::view);
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Says("A question with its payload, the payload's hash and the votes")
    public ApprovalView get(@PathParam("id") String id) {
        return view(approvals().find(id).orElseThrow(() -> Refusal.unknown("approval", id)));
    }

    @POST
    @Path("/{id}/votes")
    @Needs({Role.APPROVER, Role.LEGAL_APPROVER})
    @Says("Votes on exactly the payload that the hash names")
    public ApprovalView vote(@PathParam("id") String id, NewVote vote, @Context Caller caller) {
        new Checks()
                .needed(vote.decision(), "/decision")
                .needed(vote.payloadSha256(), "/payloadSha256")
                .expect(
                        vote.payloadSha256() == null
                                || SHA256.matcher(vote.payloadSha256()).matches(),
                        "/payloadSha256",
                        "must be a SHA-256 in lower-case hex")
                .atMost(vote.notes(), NOTES_LIMIT, "/notes")
                .pass();
        Vote.Decision decision =
                vote.decision() == Vote.Decision.APPROVE ? Vote.Decision.APPROVE : Vote.Decision.REJECT;
        return view(approvals()
                .vote(
                        caller.identity(),
                        id,
                        decision,
                        vote.notes() == null ? "" : vote.notes(),
                        String.valueOf(vote.payloadSha256())));
    }

    /** A pending approval has no votes yet (one with votes is partial): a long queue costs no query a row. */
    private ApprovalView view(Approval approval) {
        return ApprovalView.of(
                approval,
                approval.status() == Approval.Status.PENDING
                        ? List.of()
                        : approvals().votes(approval.id()));
    }

    private Approvals approvals() {
        return engines.get(Approvals.class);
    }
}
