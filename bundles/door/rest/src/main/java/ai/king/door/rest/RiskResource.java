/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.gate.Gate;
import ai.king.gate.RiskProfile;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Risk profiles: what may happen without a person. */
@Path("/risk")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RiskResource {

    private final Engines engines;

    RiskResource(Engines engines) {
        this.engines = engines;
    }

    /** A profile; the keys are those of {@code config/risk_profiles.yaml}. */
    public record ProfileView(
            String name,
            String maxSpendWithoutApproval,
            List<String> requireApprovalFor,
            List<String> autonomousActionsAllowed,
            int maxDailyTransactions,
            String requireTwoApproversAbove,
            String circuitBreakerSensitivity,
            boolean autoPauseOnCircuitOpen) {
        static ProfileView of(RiskProfile profile) {
            return new ProfileView(
                    profile.name(),
                    profile.maxSpendWithoutApproval().toPlainString(),
                    profile.requireApprovalFor().stream().sorted().toList(),
                    profile.autonomousActions().stream().sorted().toList(),
                    profile.maxDailyTransactions(),
                    profile.requireTwoApproversAbove().toPlainString(),
                    profile.circuitBreakerSensitivity(),
                    profile.autoPauseOnCircuitOpen());
        }
    }

    /** Which profile is active; with the approval that a looser one waits for. */
    public record Active(String profile, @Nullable ApprovalView approval) {}

    /** Which profile is to be active. */
    public record Choice(@Nullable String profile) {}

    @GET
    @Path("/profiles")
    @Needs(Role.VIEWER)
    @Says("The risk profiles")
    public Items<ProfileView> profiles() {
        return Items.all(engines.get(Gate.class).profiles(), ProfileView::of);
    }

    @GET
    @Path("/active")
    @Needs(Role.VIEWER)
    @Says("The active profile")
    public Active active() {
        return new Active(engines.get(Gate.class).active().name(), null);
    }

    @PUT
    @Path("/active")
    @Needs(Role.ADMIN)
    @Says(value = "Makes a profile active; 202 with the approval that a looser one needs", type = Active.class)
    public Response activate(Choice choice, @Context Caller caller) {
        String profile = choice.profile();
        boolean known = engines.get(Gate.class).profiles().stream()
                .anyMatch(candidate -> candidate.name().equals(profile));
        if (profile == null || !known) {
            throw Refusal.at("/profile", "no such risk profile");
        }
        Optional<Approval> needed = engines.get(Controls.class).activate(caller.identity(), profile);
        String now = engines.get(Gate.class).active().name();
        return needed.map(approval -> Response.status(202)
                        .entity(new Active(
                                now,
                                ApprovalView.of(
                                        approval, engines.get(Approvals.class).votes(approval.id()))))
                        .build())
                .orElseGet(() -> Response.ok(new Active(profile, null)).build());
    }
}
