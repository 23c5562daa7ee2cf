/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Users;
import ai.king.evolution.Accepted;
import ai.king.evolution.Evolution;
import ai.king.evolution.Expectation;
import ai.king.store.Page;
import java.util.Locale;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServletRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What became permanent, with its commit in the export to git. */
@Component(
        service = Servlet.class,
        property = {
            "felix.webconsole.label=" + HistoryPage.LABEL,
            "felix.webconsole.title=History",
            "felix.webconsole.category=King AI"
        })
public final class HistoryPage extends ConsolePage {
    private static final long serialVersionUID = 1;

    static final String LABEL = "king-history";

    private static final int ROWS = 50;

    private final transient Evolution evolution;

    @Activate
    public HistoryPage(@Reference Users users, @Reference Evolution evolution) {
        super(users, "proposals");
        this.evolution = evolution;
    }

    @Override
    void write(Html page, Identity person, HttpServletRequest request) {
        String after = Console.parameter(request, "after");
        Page<Accepted> accepted = evolution.accepted(after.matches("\\d{1,18}") ? after : null, ROWS);
        page.table("What became permanent", "Release", "At (UTC)", "What", "What came of it", "Commit");
        for (Accepted one : accepted.items()) {
            page.raw("<tr>").cell(one.tag()).cell(Html.time(one.at())).raw("<td>");
            String proposal = one.proposalId();
            if (proposal == null) {
                page.text(one.title());
            } else {
                page.raw("<a href=\"")
                        .text(ProposalsPage.of(proposal))
                        .raw("\">")
                        .text(one.title())
                        .raw("</a>");
            }
            page.raw("</td><td>");
            Optional.ofNullable(proposal)
                    .flatMap(evolution::expectation)
                    .ifPresent(expected -> outcome(page, expected));
            page.raw("</td><td class=\"hash\">").text(one.commit()).raw("</td></tr>");
        }
        page.raw("</tbody></table>");
        String next = accepted.next();
        if (next != null) {
            page.raw("<p><a href=\"" + LABEL + "?after=").text(encoded(next)).raw("\">Older ones</a></p>");
        }
    }

    private static void outcome(Html page, Expectation expected) {
        page.badge(expected.outcome() == null ? "OPEN" : expected.outcome());
        page.text(expected.metric().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + expected.subject());
    }
}
