/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.evolution.Evolution;
import ai.king.evolution.Pointer;
import ai.king.gate.Approval;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the page shows, part by part. */
final class Sections {

    private static final int ROWS = 15;

    private final Goals goals;
    private final Ballot ballot;
    private final Routes routes;
    private final Evolution evolution;
    private final SiteSwitch site;
    private final Cancellation cancellation;

    Sections(
            Goals goals,
            Ballot ballot,
            Routes routes,
            Evolution evolution,
            SiteSwitch site,
            Cancellation cancellation) {
        this.goals = goals;
        this.ballot = ballot;
        this.routes = routes;
        this.evolution = evolution;
        this.site = site;
        this.cancellation = cancellation;
    }

    void top(Html page, Identity person) {
        Pointer pointer = evolution.pointer();
        page.raw("<p class=\"top\">");
        site.state(page, person);
        page.raw("<span>release <b>").text(pointer.permanent()).raw("</b></span>");
        if (pointer.trial() != null) {
            page.raw("<span>on trial <b>").text(pointer.trial()).raw("</b> at ");
            page.text(pointer.trialPercent()).raw(" %</span>");
        }
        page.raw("<span>you are <b>").text(person.name()).raw("</b> (");
        page.text(person.roles().stream().map(role -> role.label()).sorted().collect(Collectors.joining(", ")));
        page.raw(")</span>");
        link(page, ChatPage.LABEL, "Chat");
        link(page, ProposalsPage.LABEL, "Proposals");
        link(page, HistoryPage.LABEL, "History");
        link(page, NodesPage.LABEL, "Nodes");
        page.raw("</p>");
    }

    private static void link(Html page, String label, String words) {
        page.raw("<a href=\"" + label + "\">" + words + "</a>");
    }

    void approvals(Html page, UnaryOperator<String> seal) {
        List<Approval> open = ballot.open(ROWS);
        page.raw("<h2>Waits for a decision</h2>");
        if (open.isEmpty()) {
            page.raw("<p class=\"none\">Nothing waits.</p>");
        }
        for (Approval approval : open) {
            page.raw("<article>");
            ballot.question(page, approval);
            if (approval.subjectKind().equals("proposal")) {
                page.raw("<p><a href=\"")
                        .text(ProposalsPage.of(approval.subject()))
                        .raw("\">The whole proposal</a></p>");
            }
            ballot.approve(
                    page,
                    approval,
                    seal.apply(approval.id()),
                    KingPage.LABEL,
                    KingPage.LABEL + "?reject=" + approval.id());
            page.raw("</article>");
        }
    }

    /** Rejecting is final: a page of its own, and a reason. */
    void rejection(Html page, String id, String seal) {
        Optional<Approval> found = ballot.find(id);
        if (found.isEmpty()) {
            ConsolePage.note(page, "note bad", "There is no such approval.");
            return;
        }
        page.raw("<h2>Reject this?</h2><article>");
        ballot.question(page, found.get());
        ballot.reject(page, found.get(), seal, KingPage.LABEL, KingPage.LABEL);
        page.raw("</article>");
    }

    void goals(Html page, Identity person) {
        page.table("Goals", "Status", "Goal", "Mode", "Filed by", "At (UTC)", "");
        for (Goal goal :
                goals.page(Optional.empty(), Optional.empty(), null, ROWS).items()) {
            page.raw("<tr><td>")
                    .badge(goal.status())
                    .raw("</td>")
                    .cell(Html.shortened(goal.text()))
                    .cell(goal.mode());
            page.cell(goal.requestedBy()).cell(Html.time(goal.createdAt()));
            page.raw("<td><a href=\"/api/v1/goals/").text(goal.id()).raw("/report\">report</a>");
            cancellation.link(page, person, goal);
            page.raw("</td></tr>");
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
        page.raw("<h2>Proposals</h2>");
        ProposalTable.write(page, evolution.page(null, ROWS).items());
        page.raw("<p><a href=\"").raw(ProposalsPage.LABEL).raw("\">All proposals</a></p>");
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
