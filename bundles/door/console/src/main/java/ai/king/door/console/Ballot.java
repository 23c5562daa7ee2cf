/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused;
import ai.king.store.Json;
import ai.king.store.StoreUnavailable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;

/** Questions to people and their votes, which count as those of the person who is logged in, on exactly what was shown. */
final class Ballot {

    private static final int NOTES = 2_000;

    private final Approvals approvals;

    Ballot(Approvals approvals) {
        this.approvals = approvals;
    }

    /** What waits, the most urgent first. */
    List<Approval> open(int most) {
        return approvals.page(Approvals.Filter.openQueue(), null, most).items();
    }

    Optional<Approval> find(String id) {
        return approvals.find(id);
    }

    /** All that the vote's hash covers: a text where the question has one, and the payload beside it. */
    void question(Html page, Approval approval) {
        page.raw("<header>").badge(approval.risk()).raw("<b>").text(approval.title());
        page.raw("</b><small>").text(approval.type()).raw(" · asked by ").text(approval.requestedBy());
        page.raw(" · until ").text(Html.time(approval.expiresAt())).raw(" UTC · ");
        page.text(approval.approvers()).raw(approval.approvers() == 1 ? " person" : " people");
        page.raw(approval.legal() ? ", one of them legal" : "").raw("</small></header>");
        boolean told = approval.payload().get("text") instanceof String;
        if (!told) {
            page.raw("<p>").text(approval.description()).raw("</p>");
        }
        if (!approval.riskFactors().isEmpty()) {
            page.raw("<ul>");
            approval.riskFactors()
                    .forEach(factor -> page.raw("<li>").text(factor).raw("</li>"));
            page.raw("</ul>");
        }
        votes(page, approval);
        if (told) {
            told(page, approval);
        } else {
            page.raw("<pre>").text(Json.pretty(approval.payload())).raw("</pre>");
        }
        page.raw("<p class=\"hash\">SHA-256 ").text(approval.payloadSha256()).raw("</p>");
    }

    /** A payload with a text for people: the text as it stands there, the rest below it. */
    private static void told(Html page, Approval approval) {
        Map<String, Object> rest = new LinkedHashMap<>(approval.payload());
        page.raw("<pre class=\"text\">").text(rest.remove("text")).raw("</pre>");
        page.raw("<details><summary>What else the vote covers</summary><pre>");
        page.text(Json.pretty(rest)).raw("</pre></details>");
    }

    private void votes(Html page, Approval approval) {
        for (Vote vote : approvals.votes(approval.id())) {
            page.raw("<p class=\"vote\">").badge(vote.decision());
            page.text(" " + vote.approver() + " " + vote.notes()).raw("</p>");
        }
    }

    /** The hidden fields of a vote. */
    private static void fields(Html page, Approval approval, String seal, String decision) {
        page.hidden("approval", approval.id())
                .hidden("seal", seal)
                .hidden("sha256", approval.payloadSha256())
                .hidden("decision", decision);
    }

    /** A form that approves, with the way to reject. */
    void approve(Html page, Approval approval, String seal, String action, String rejection) {
        page.raw("<form method=\"post\" action=\"").text(action).raw("\">");
        fields(page, approval, seal, "approve");
        page.raw("<input class=\"notes\" name=\"notes\" maxlength=\"2000\" placeholder=\"notes, if any\""
                + " aria-label=\"notes\"><button class=\"yes\">Approve</button><a class=\"no\" href=\"");
        page.text(rejection).raw("\">Reject…</a></form>");
    }

    /** A form that rejects for good and wants a reason. */
    void reject(Html page, Approval approval, String seal, String action, String back) {
        page.raw("<form method=\"post\" action=\"").text(action).raw("\">");
        fields(page, approval, seal, "reject");
        page.raw("<input class=\"notes\" name=\"notes\" maxlength=\"2000\" required placeholder=\"why\""
                + " aria-label=\"why\"><button class=\"no\">Reject for good</button><a href=\"");
        page.text(back).raw("\">Back</a></form>");
    }

    Answered vote(Identity person, String id, HttpServletRequest request) {
        if (!person.has(Role.APPROVER) && !person.has(Role.LEGAL_APPROVER)) {
            return Answered.refused("Nothing was decided: this needs the role approver.");
        }
        String notes = Console.parameter(request, "notes").strip();
        boolean approve = Console.parameter(request, "decision").equals("approve");
        if (!approve && notes.isEmpty()) {
            return Answered.refused("Nothing was decided: a rejection says why.");
        }
        try {
            Approval counted = approvals.vote(
                    person,
                    id,
                    approve ? Vote.Decision.APPROVE : Vote.Decision.REJECT,
                    notes.length() > NOTES ? notes.substring(0, NOTES) : notes,
                    Console.parameter(request, "sha256"));
            return Answered.done("Counted: the approval is now " + counted.status() + ".");
        } catch (VoteRefused e) {
            return Answered.refused("Nothing was decided: " + e.getMessage());
        } catch (StoreUnavailable e) {
            return Answered.refused("Nothing was decided: the store does not answer.");
        }
    }
}
