/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.evolution.Proposal;
import java.util.List;

/** Proposals, a row each, with the way to the page of each. */
final class ProposalTable {

    private ProposalTable() {}

    static void write(Html page, List<Proposal> proposals) {
        if (proposals.isEmpty()) {
            page.raw("<p class=\"none\">Nobody proposed anything yet.</p>");
            return;
        }
        page.columns("Status", "Title", "Kind", "Risk", "By", "Since (UTC)", "Why it stands there");
        for (Proposal proposal : proposals) {
            page.raw("<tr><td>").badge(proposal.status()).raw("</td><td><a href=\"");
            page.text(ProposalsPage.of(proposal.id())).raw("\">").text(Html.shortened(proposal.title()));
            page.raw("</a></td>").cell(proposal.kind()).raw("<td>").badge(proposal.risk());
            page.raw("</td>").cell(proposal.author()).cell(Html.time(proposal.statusSince()));
            page.cell(Html.shortened(proposal.reason())).raw("</tr>");
        }
        page.raw("</tbody></table>");
    }
}
