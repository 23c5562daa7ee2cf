/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.agent.Report;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.door.rest.report.Artefact;
import ai.king.door.rest.report.HtmlPage;
import ai.king.door.rest.report.Markdown;
import ai.king.door.rest.report.Sheet;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The report of a goal as JSON, as an HTML page, or as Markdown: whichever the caller accepts first. */
@Path("/goals")
public final class ReportsResource {

    private static final String MARKDOWN = "text/markdown";
    private static final MediaType MARKDOWN_TYPE = new MediaType("text", "markdown");

    private final Engines engines;

    ReportsResource(Engines engines) {
        this.engines = engines;
    }

    @GET
    @Path("/{id}/report")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML, MARKDOWN})
    @Needs(Role.VIEWER)
    @Says(
            value =
                    "The report of a goal as far as its steps have come: application/json, text/html (one page with charts) "
                            + "or text/markdown",
            type = Report.class)
    public Response report(@PathParam("id") String id, @Context HttpHeaders headers) {
        Goal goal = engines.get(Goals.class).find(id).orElseThrow(() -> Refusal.unknown("goal", id));
        List<Step> steps = engines.get(Goals.class).steps(id);
        Report report = engines.get(Goals.class).report(id);
        for (MediaType accepted : headers.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return Response.ok(report, MediaType.APPLICATION_JSON_TYPE).build();
            }
            if (accepted.isCompatible(MediaType.TEXT_HTML_TYPE)) {
                return Response.ok(HtmlPage.of(sheet(goal, steps, report)), MediaType.TEXT_HTML + ";charset=UTF-8")
                        .header("Content-Security-Policy", HtmlPage.CONTENT_POLICY)
                        .build();
            }
            if (accepted.isCompatible(MARKDOWN_TYPE)) {
                return Response.ok(Markdown.of(sheet(goal, steps, report)), MARKDOWN + ";charset=UTF-8")
                        .build();
            }
        }
        throw Refusal.of(406, "a report is given as application/json, text/html or text/markdown");
    }

    private Sheet sheet(Goal goal, List<Step> steps, Report report) {
        String businessId = goal.businessId();
        Optional<Business> business = businessId == null
                ? Optional.empty()
                : engines.find(Businesses.class).flatMap(known -> known.find(businessId));
        Instant finished = goal.finishedAt();
        return new Sheet(
                goal.id(),
                goal.text(),
                goal.status().name(),
                business.map(Business::name).orElse(null),
                finished == null ? goal.createdAt() : finished,
                remarks(goal.error(), steps, report),
                report,
                steps.stream()
                        .flatMap(step -> Artefact.in(step.output()).stream())
                        .toList(),
                business.map(known -> ApiServlet.BASE + "/businesses/" + known.id() + "/documents")
                        .orElse(""));
    }

    /** What did not come to its end, and why: a reader must not take a part for the whole. */
    private static List<String> remarks(@Nullable String error, List<Step> steps, Report report) {
        List<String> remarks = new ArrayList<>();
        if (error != null) {
            remarks.add(error);
        }
        for (Step step : steps) {
            switch (step.status()) {
                case FAILED -> remarks.add("Step " + step.name() + " failed: " + step.error());
                case SKIPPED -> remarks.add("Step " + step.name() + " was skipped.");
                case CANCELLED -> remarks.add("Step " + step.name() + " was cancelled.");
                case WAITING_APPROVAL -> remarks.add(
                        "Step " + step.name() + " waits for approval " + step.approvalId() + ".");
                case WAITING_INPUT -> remarks.add(
                        "Step " + step.name() + " waits for input: " + String.join("; ", step.missing()));
                case PENDING, READY, RUNNING -> remarks.add("Step " + step.name() + " has not ended yet.");
                case COMPLETED -> {
                    // Nothing to say beside its part of the report.
                }
            }
        }
        if (report.sections().isEmpty()) {
            remarks.add("No step has reported anything.");
        }
        return remarks;
    }
}
