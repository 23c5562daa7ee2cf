/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.gate.Gate;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Goals and their steps. */
@Path("/goals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class GoalsResource {

    /** Characters of a goal's text at most. */
    static final int TEXT_LIMIT = 20_000;

    private static final int DOCUMENTS_LIMIT = 100;

    private final Engines engines;

    GoalsResource(Engines engines) {
        this.engines = engines;
    }

    /** A goal as it is asked for. */
    public record NewGoal(
            @Nullable String text,
            @Nullable String businessId,
            @Nullable String riskProfile,
            @Nullable List<String> documents,
            @Nullable Boolean dryRun) {}

    /** The fate of a call that a person decides. */
    public record Fate(@Nullable Boolean happened, @Nullable Map<String, Object> result, @Nullable String notes) {}

    @POST
    @Needs(Role.OPERATOR)
    @Says(
            value = "Files a goal; a dry run plans, asks the gate what each step would need, and runs nothing",
            status = 202)
    public GoalView submit(NewGoal body, @Context Caller caller) {
        new Checks()
                .needed(body.text(), "/text")
                .atMost(body.text(), TEXT_LIMIT, "/text")
                .pass();
        List<String> documents = body.documents() == null ? List.of() : body.documents();
        checkReferences(body, documents);
        Goal goal = goals().submit(
                        caller.actor(),
                        new Goals.NewGoal(
                                String.valueOf(body.text()),
                                body.businessId(),
                                body.riskProfile(),
                                documents,
                                Boolean.TRUE.equals(body.dryRun())));
        return GoalView.brief(goal);
    }

    private void checkReferences(NewGoal body, List<String> documents) {
        Checks checks = new Checks();
        String business = body.businessId();
        if (business != null) {
            checks.expect(engines.get(Businesses.class).find(business).isPresent(), "/businessId", "no such business");
        }
        String profile = body.riskProfile();
        if (profile != null) {
            checks.expect(
                    engines.get(Gate.class).profiles().stream()
                            .anyMatch(known -> known.name().equals(profile)),
                    "/riskProfile",
                    "no such risk profile");
        }
        checks.expect(documents.size() <= DOCUMENTS_LIMIT, "/documents", "at most " + DOCUMENTS_LIMIT);
        checks.pass();
        for (int i = 0; i < documents.size(); i++) {
            Optional<StoredDocument> document = engines.get(Businesses.class).document(documents.get(i));
            checks.expect(
                    document.isPresent() && document.get().businessId().equals(business),
                    "/documents/" + i,
                    "no such document of this business");
        }
        checks.pass();
    }

    @GET
    @Needs(Role.VIEWER)
    @Says("Goals, newest first, without plan and report")
    public Items<GoalView> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("businessId") @Nullable String businessId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Slice slice = Slice.of(cursor, limit);
        return Items.of(
                goals().page(
                                Slice.choice(Goal.Status.class, status, "status"),
                                Optional.ofNullable(businessId),
                                slice.cursor(),
                                slice.limit()),
                GoalView::brief);
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Says("A goal with its plan, its steps and its report")
    public GoalView get(@PathParam("id") String id) {
        return full(find(id));
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Needs(Role.OPERATOR)
    @Says("No further step starts; calls under way end")
    public GoalView cancel(@PathParam("id") String id, @Context Caller caller) {
        find(id);
        return full(goals().cancel(caller.actor(), id));
    }

    @POST
    @Path("/{id}/steps/{stepId}/retry")
    @Consumes(MediaType.WILDCARD)
    @Needs(Role.OPERATOR)
    @Says("A failed or waiting step, and what it held back, goes again")
    public GoalView retry(@PathParam("id") String id, @PathParam("stepId") String stepId, @Context Caller caller) {
        step(id, stepId);
        return full(goals().retry(caller.actor(), id, stepId));
    }

    @POST
    @Path("/{id}/steps/{stepId}/calls/{callId}")
    @Needs({Role.APPROVER, Role.LEGAL_APPROVER})
    @Says("Decides the fate of a call of which it cannot be told whether it happened")
    public GoalView settle(
            @PathParam("id") String id,
            @PathParam("stepId") String stepId,
            @PathParam("callId") String callId,
            Fate fate,
            @Context Caller caller) {
        new Checks()
                .needed(fate.happened(), "/happened")
                .needed(fate.notes(), "/notes")
                .atMost(fate.notes(), 2_000, "/notes")
                .pass();
        Step step = step(id, stepId);
        if (goals().unknown(step.id()).stream().noneMatch(call -> call.id().equals(callId))) {
            throw Refusal.unknown("undecided call", callId);
        }
        return full(goals().settle(
                        caller.actor(),
                        id,
                        stepId,
                        callId,
                        Boolean.TRUE.equals(fate.happened()),
                        Optional.ofNullable(fate.result()),
                        String.valueOf(fate.notes())));
    }

    private GoalView full(Goal goal) {
        return GoalView.full(
                goal,
                goals().steps(goal.id()),
                goals().report(goal.id()),
                goals().modelUse(goal.id()),
                step -> step.status() == Step.Status.WAITING_INPUT ? goals().unknown(step.id()) : List.of());
    }

    private Goal find(String id) {
        return goals().find(id).orElseThrow(() -> Refusal.unknown("goal", id));
    }

    private Step step(String goalId, String stepId) {
        find(goalId);
        return goals().steps(goalId).stream()
                .filter(step -> step.id().equals(stepId))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown("step", stepId));
    }

    private Goals goals() {
        return engines.get(Goals.class);
    }
}
