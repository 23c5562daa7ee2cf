/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.evolution.Evolution;
import ai.king.evolution.Expectation;
import ai.king.evolution.Finding;
import ai.king.evolution.Proposal;
import ai.king.gate.Approval;
import ai.king.store.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All of one proposal: where it stands, what is decided on exactly which text, what was found, its trial, what happened. */
final class ProposalDetail {

    private final Evolution evolution;
    private final Ballot ballot;

    ProposalDetail(Evolution evolution, Ballot ballot) {
        this.evolution = evolution;
        this.ballot = ballot;
    }

    /** @param seal of a form for a matter */
    void write(Html page, Proposal proposal, Identity person, UnaryOperator<String> seal) {
        head(page, proposal, person);
        boolean tried = proposal.status() == Proposal.Status.CANARY;
        if (tried) {
            TrialChart.write(page, proposal);
        }
        Optional<Approval> asked = Optional.ofNullable(proposal.approvalId()).flatMap(ballot::find);
        if (asked.isPresent()) {
            asked(page, asked.get(), seal);
        } else {
            unasked(page, proposal);
        }
        evolution.expectation(proposal.id()).ifPresent(expected -> expected(page, expected));
        findings(page, proposal.findings());
        if (!tried) {
            TrialChart.write(page, proposal);
        }
        history(page, evolution.history(proposal.id()));
    }

    private static void head(Html page, Proposal proposal, Identity person) {
        page.raw("<article class=\"proposal\"><header>")
                .badge(proposal.status())
                .raw("<b>")
                .text(proposal.title());
        page.raw("</b><small>")
                .text(proposal.kind())
                .raw(" by ")
                .text(proposal.author())
                .raw(" (");
        page.text(proposal.origin()).raw(") · ").text(Html.time(proposal.createdAt()));
        page.raw(" UTC</small></header><p>").text(proposal.reason()).raw("</p><p class=\"facts\"><span>risk ");
        page.badge(proposal.risk())
                .raw("</span><span>placement <b>")
                .text(proposal.placement())
                .raw("</b></span>");
        @Nullable BigDecimal confidence = proposal.confidence();
        if (confidence != null) {
            page.raw("<span>confidence <b>").text(confidence.toPlainString()).raw("</b>");
            proposal.confidenceParts()
                    .forEach((part, value) ->
                            page.raw(" <small>").text(part + " " + value).raw("</small>"));
            page.raw("</span>");
        }
        if (proposal.release() != null) {
            page.raw("<span>release <b>").text(proposal.release()).raw("</b></span>");
        }
        page.raw("</p>");
        moves(page, proposal, person);
        page.raw("</article>");
    }

    private static void moves(Html page, Proposal proposal, Identity person) {
        for (Move move : Move.values()) {
            if (move.open(proposal, person)) {
                page.raw("<a class=\"" + (move == Move.PROMOTE ? "yes" : "no") + "\" href=\"");
                page.text(ProposalsPage.of(proposal.id())).raw("&amp;do=" + move.word() + "\">");
                page.text(move.label).raw("…</a> ");
            }
        }
    }

    private void asked(Html page, Approval approval, UnaryOperator<String> seal) {
        page.raw("<h2>What is decided</h2><article>").badge(approval.status());
        ballot.question(page, approval);
        if (approval.status().open()) {
            ballot.approve(
                    page,
                    approval,
                    seal.apply(approval.id()),
                    ProposalsPage.LABEL,
                    ProposalsPage.of(approval.subject()) + "&do=reject");
        }
        page.raw("</article>");
    }

    /** What was not asked yet, or never will be. */
    private static void unasked(Html page, Proposal proposal) {
        page.raw("<h2>What is proposed</h2><article><p>")
                .text(proposal.description())
                .raw("</p><pre>");
        page.text(Json.pretty(proposal.change())).raw("</pre></article>");
    }

    /** What the platform said would get better, and what was measured since. */
    private static void expected(Html page, Expectation expected) {
        page.raw("<h2>What was expected</h2><article><header>");
        page.badge(expected.outcome() == null ? "OPEN" : expected.outcome()).raw("<b>");
        page.text(expected.metric().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + expected.subject());
        page.raw("</b></header><p>").text(expected.hypothesis()).raw("</p>");
        page.columns("", expected.unit() + ", less is better", "Samples", "From (UTC)", "To (UTC)");
        page.raw("<tr><td>before</td>").number(plain(expected.baseline())).number(expected.samples());
        page.cell(Html.time(expected.windowStart()))
                .cell(Html.time(expected.windowEnd()))
                .raw("</tr>");
        if (expected.measured() != null) {
            page.raw("<tr><td>since</td>").number(plain(expected.measured())).number(expected.measuredSamples());
            page.cell(optional(expected.measuredFrom()))
                    .cell(optional(expected.measuredAt()))
                    .raw("</tr>");
        }
        page.raw("</tbody></table></article>");
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    private static String optional(@Nullable Instant at) {
        return at == null ? "" : Html.time(at);
    }

    private static void findings(Html page, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        page.table("Findings", "Verdict", "Check", "Evidence", "ms");
        for (Finding finding : findings) {
            page.raw("<tr><td>").badge(finding.verdict()).raw("</td>").cell(finding.check());
            page.raw("<td class=\"told\">").text(finding.detail()).raw("</td>");
            page.number(finding.durationMillis()).raw("</tr>");
        }
        page.raw("</tbody></table>");
    }

    private static void history(Html page, List<Map<String, Object>> entries) {
        page.table("What happened", "At (UTC)", "Who", "What", "Detail");
        for (Map<String, Object> entry : entries) {
            Object data = entry.get("data");
            page.raw("<tr>").cell(entry.get("at")).cell(entry.get("actor")).cell(entry.get("action"));
            page.cell(data instanceof Map<?, ?> map && map.containsKey("reason") ? map.get("reason") : data);
            page.raw("</tr>");
        }
        page.raw("</tbody></table>");
    }
}
