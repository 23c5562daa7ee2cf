/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Users;
import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.store.Page;
import ai.king.store.StaleRow;
import ai.king.store.StoreUnavailable;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServletRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Proposals, and all of one of them: what is decided, what was found, how its trial goes. Votes, promoting, aborting, rolling
 * back and withdrawing by hand, what is final on a page of its own first.
 */
@Component(
        service = Servlet.class,
        property = {
            "felix.webconsole.label=" + ProposalsPage.LABEL,
            "felix.webconsole.title=Proposals",
            "felix.webconsole.category=King AI"
        })
public final class ProposalsPage extends FormPage {
    private static final long serialVersionUID = 1;

    static final String LABEL = "king-proposals";

    private static final int ROWS = 50;
    private static final String REJECT = "reject";

    private final transient Evolution evolution;
    private final transient Ballot ballot;
    private final transient ProposalDetail detail;

    @Activate
    public ProposalsPage(@Reference Users users, @Reference Evolution evolution, @Reference Approvals approvals) {
        super(users, "proposals");
        this.evolution = evolution;
        ballot = new Ballot(approvals);
        detail = new ProposalDetail(evolution, ballot);
    }

    /** Where a proposal is shown. */
    static String of(String id) {
        return LABEL + "?id=" + encoded(id);
    }

    @Override
    void write(Html page, Identity person, HttpServletRequest request) {
        String id = Console.parameter(request, "id");
        if (id.isEmpty()) {
            list(page, request);
            return;
        }
        Optional<Proposal> found = evolution.find(id);
        if (found.isEmpty()) {
            note(page, "note bad", "There is no such proposal.");
            return;
        }
        String wanted = Console.parameter(request, "do");
        if (wanted.isEmpty()) {
            detail.write(page, found.get(), person, matter -> seal(person, matter));
        } else {
            confirm(page, person, found.get(), wanted);
        }
    }

    private void list(Html page, HttpServletRequest request) {
        String cursor = Console.parameter(request, "after");
        Page<Proposal> proposals = evolution.page(cursor.isEmpty() ? null : cursor, ROWS);
        page.raw("<h2>Proposals</h2>");
        ProposalTable.write(page, proposals.items());
        String next = proposals.next();
        if (next != null) {
            page.raw("<p><a href=\"" + LABEL + "?after=").text(encoded(next)).raw("\">Older ones</a></p>");
        }
    }

    private void confirm(Html page, Identity person, Proposal proposal, String wanted) {
        Optional<Move> move = Move.of(wanted).filter(one -> one.open(proposal, person));
        Optional<Approval> asked = Optional.ofNullable(proposal.approvalId())
                .flatMap(ballot::find)
                .filter(one -> one.status().open());
        if (wanted.equals(REJECT) && asked.isPresent()) {
            page.raw("<h2>Reject this?</h2><article>");
            ballot.question(page, asked.get());
            ballot.reject(page, asked.get(), seal(person, asked.get().id()), LABEL, of(proposal.id()));
            page.raw("</article>");
        } else if (move.isPresent()) {
            page.raw("<h2>")
                    .text(move.get().label)
                    .raw("?</h2><article><header>")
                    .badge(proposal.status());
            page.raw("<b>").text(proposal.title()).raw("</b></header><p>").text(move.get().consequence);
            page.raw("</p><form method=\"post\" action=\"" + LABEL + "\">");
            page.hidden("id", proposal.id()).hidden("move", move.get().word());
            page.hidden("seal", seal(person, move.get().word() + " " + proposal.id()));
            page.raw("<button class=\"" + (move.get() == Move.PROMOTE ? "yes" : "no") + "\">");
            page.text(move.get().label)
                    .raw("</button><a href=\"")
                    .text(of(proposal.id()))
                    .raw("\">Back</a></form></article>");
        } else {
            note(page, "note bad", "Not now, or not by you: the proposal is " + proposal.status() + ".");
        }
    }

    @Override
    String matter(HttpServletRequest request) {
        String move = Console.parameter(request, "move");
        return move.isEmpty() ? Console.parameter(request, "approval") : move + " " + Console.parameter(request, "id");
    }

    @Override
    String act(Identity person, HttpServletRequest request) {
        Optional<Move> move = Move.of(Console.parameter(request, "move"));
        if (move.isPresent()) {
            String id = Console.parameter(request, "id");
            return of(id) + "&" + moved(person, move.get(), id).query();
        }
        String approval = Console.parameter(request, "approval");
        Answered answered = ballot.vote(person, approval, request);
        return ballot.find(approval).map(one -> of(one.subject()) + "&").orElse(LABEL + "?") + answered.query();
    }

    private Answered moved(Identity person, Move move, String id) {
        try {
            Optional<Proposal> found = evolution.find(id);
            if (found.isEmpty() || !move.open(found.get(), person)) {
                return Answered.refused("Nothing was done: not now, or not by you.");
            }
            return Answered.done("Done: the proposal is now "
                    + move.apply(evolution, person, id).status() + ".");
        } catch (IllegalStateException | IllegalArgumentException | NoSuchElementException e) {
            return Answered.refused("Nothing was done: " + e.getMessage());
        } catch (StaleRow e) {
            return Answered.refused("Nothing was done: somebody else was faster.");
        } catch (StoreUnavailable e) {
            return Answered.refused("Nothing was done: the store does not answer.");
        }
    }
}
