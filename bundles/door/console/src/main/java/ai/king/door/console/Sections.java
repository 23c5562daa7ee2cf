/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.evolution.Evolution;
import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.gate.Vote;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import ai.king.store.Json;
import ai.king.work.Goal;
import ai.king.work.Goals;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the page shows, part by part. */
final class Sections {

    private static final int ROWS = 15;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final Goals goals;
    private final Approvals approvals;
    private final Routes routes;
    private final Evolution evolution;
    private final Controls controls;
    private final String style = style();

    Sections(Goals goals, Approvals approvals, Routes routes, Evolution evolution, Controls controls) {
        this.goals = goals;
        this.approvals = approvals;
        this.routes = routes;
        this.evolution = evolution;
        this.controls = controls;
    }

    /** Opens the page's own frame; its style touches nothing outside it. */
    void style(Html page) {
        page.raw("<style>").raw(style).raw("</style><div class=\"king\">");
    }

    void top(Html page, Identity person) {
        Pointer pointer = evolution.pointer();
        page.raw("<p class=\"top\">").badge(controls.paused() ? "PAUSED" : "RUNNING");
        page.raw("<span>release <b>").text(pointer.permanent()).raw("</b></span>");
        if (pointer.trial() != null) {
            page.raw("<span>on trial <b>").text(pointer.trial()).raw("</b> at ");
            page.text(pointer.trialPercent()).raw(" %</span>");
        }
        page.raw("<span>you are <b>").text(person.name()).raw("</b> (");
        page.text(person.roles().stream().map(role -> role.label()).sorted().collect(Collectors.joining(", ")));
        page.raw(")</span><a href=\"").raw(ChatPage.LABEL).raw("\">Chat</a></p>");
    }

    void approvals(Html page, UnaryOperator<String> seal) {
        List<Approval> open =
                approvals.page(Approvals.Filter.openQueue(), null, ROWS).items();
        page.raw("<h2>Waits for a decision</h2>");
        if (open.isEmpty()) {
            page.raw("<p class=\"none\">Nothing waits.</p>");
        }
        for (Approval approval : open) {
            page.raw("<article>");
            question(page, approval);
            page.raw("<form method=\"post\" action=\"").raw(KingPage.LABEL).raw("\">");
            form(page, approval, seal.apply(approval.id()), "approve");
            page.raw(
                    "<input class=\"notes\" name=\"notes\" maxlength=\"2000\" placeholder=\"notes, if any\" aria-label=\"notes\">");
            page.raw("<button class=\"yes\">Approve</button><a class=\"no\" href=\"")
                    .raw(KingPage.LABEL);
            page.raw("?reject=").text(approval.id()).raw("\">Reject…</a></form></article>");
        }
    }

    /** Rejecting is final: a page of its own, and a reason. */
    void rejection(Html page, String id, String seal) {
        Optional<Approval> found = approvals.find(id);
        if (found.isEmpty()) {
            page.raw("<p class=\"note bad\">There is no such approval.</p>");
            return;
        }
        page.raw("<h2>Reject this?</h2><article>");
        question(page, found.get());
        page.raw("<form method=\"post\" action=\"").raw(KingPage.LABEL).raw("\">");
        form(page, found.get(), seal, "reject");
        page.raw(
                "<input class=\"notes\" name=\"notes\" maxlength=\"2000\" required placeholder=\"why\" aria-label=\"why\">");
        page.raw("<button class=\"no\">Reject for good</button><a href=\"").raw(KingPage.LABEL);
        page.raw("\">Back</a></form></article>");
    }

    private static void form(Html page, Approval approval, String seal, String decision) {
        page.hidden("approval", approval.id())
                .hidden("seal", seal)
                .hidden("sha256", approval.payloadSha256())
                .hidden("decision", decision);
    }

    private void question(Html page, Approval approval) {
        page.raw("<header>")
                .badge(approval.risk())
                .raw("<b>")
                .text(approval.title())
                .raw("</b><small>");
        page.text(approval.type())
                .raw(" · asked by ")
                .text(approval.requestedBy())
                .raw(" · until ");
        page.text(time(approval.expiresAt())).raw(" UTC · ").text(approval.approvers());
        page.raw(approval.approvers() == 1 ? " person" : " people").raw(approval.legal() ? ", one of them legal" : "");
        page.raw("</small></header><p>").text(approval.description()).raw("</p>");
        if (!approval.riskFactors().isEmpty()) {
            page.raw("<ul>");
            approval.riskFactors()
                    .forEach(factor -> page.raw("<li>").text(factor).raw("</li>"));
            page.raw("</ul>");
        }
        for (Vote vote : approvals.votes(approval.id())) {
            page.raw("<p class=\"vote\">")
                    .badge(vote.decision())
                    .text(" " + vote.approver() + " " + vote.notes())
                    .raw("</p>");
        }
        page.raw("<pre>").text(pretty(approval.payload())).raw("</pre><p class=\"hash\">SHA-256 ");
        page.text(approval.payloadSha256()).raw("</p>");
    }

    void goals(Html page) {
        page.table("Goals", "Status", "Goal", "Mode", "Filed by", "At (UTC)", "");
        for (Goal goal :
                goals.page(Optional.empty(), Optional.empty(), null, ROWS).items()) {
            page.raw("<tr><td>")
                    .badge(goal.status())
                    .raw("</td>")
                    .cell(shortened(goal.text()))
                    .cell(goal.mode());
            page.cell(goal.requestedBy()).cell(time(goal.createdAt()));
            page.raw("<td><a href=\"/api/v1/goals/").text(goal.id()).raw("/report\">report</a></td></tr>");
        }
        page.raw("</tbody></table>");
    }

    void routes(Html page) {
        page.table(
                "Generations",
                "Plug",
                "Version",
                "State",
                "Weight",
                "In flight",
                "Calls",
                "Errors",
                "p50 ms",
                "p99 ms");
        for (Route route : routes.all()) {
            page.raw("<tr><td><small>").text(route.generation().type()).raw("</small> ");
            page.text(route.generation().name())
                    .raw("</td>")
                    .cell(route.generation().version());
            page.raw("<td>").badge(route.state()).raw("</td><td class=\"n\"><meter max=\"100\" value=\"");
            page.text(route.weight()).raw("\"></meter> ").text(route.weight()).raw(" %</td>");
            page.number(route.inFlight()).number(route.calls()).number(route.errors());
            page.number(millis(route.p50Millis()))
                    .number(millis(route.p99Millis()))
                    .raw("</tr>");
        }
        page.raw("</tbody></table>");
    }

    void proposals(Html page) {
        page.table("Proposals", "Status", "Title", "Kind", "Risk", "By", "Since (UTC)", "Why it stands there");
        for (Proposal proposal : evolution.page(null, ROWS).items()) {
            page.raw("<tr><td>").badge(proposal.status()).raw("</td>").cell(shortened(proposal.title()));
            page.cell(proposal.kind())
                    .raw("<td>")
                    .badge(proposal.risk())
                    .raw("</td>")
                    .cell(proposal.author());
            page.cell(time(proposal.statusSince()))
                    .cell(shortened(proposal.reason()))
                    .raw("</tr>");
        }
        page.raw("</tbody></table>");
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 119) + "…";
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String pretty(Object payload) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the payload cannot be shown", e);
        }
    }

    private static String style() {
        try (InputStream style = Sections.class.getResourceAsStream("king.css")) {
            return new String(Objects.requireNonNull(style).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
