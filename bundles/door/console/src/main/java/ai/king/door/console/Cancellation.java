/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.store.StaleRow;
import ai.king.store.StoreUnavailable;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The end of a goal by hand: no further step of it starts. */
final class Cancellation {

    static final String FIELD = "goal";

    private final Goals goals;

    Cancellation(Goals goals) {
        this.goals = goals;
    }

    /** The way to it, where the goal goes on and the person may end it. */
    void link(Html page, Identity person, Goal goal) {
        if (person.has(Role.OPERATOR) && !goal.status().ended()) {
            page.raw(" <a href=\"" + KingPage.LABEL + "?cancel=")
                    .text(goal.id())
                    .raw("\">cancel…</a>");
        }
    }

    /** Says what will happen, and asks. */
    void ask(Html page, String id, String seal) {
        Optional<Goal> found = goals.find(id);
        if (found.isEmpty()) {
            ConsolePage.note(page, "note bad", "There is no such goal.");
            return;
        }
        page.raw("<h2>Cancel this goal?</h2><article><header>")
                .badge(found.get().status());
        page.raw("<small>filed by ").text(found.get().requestedBy()).raw("</small></header><p>");
        page.text(found.get().text())
                .raw("</p><p>No further step starts; calls under way end. It cannot be undone.</p>");
        page.raw("<form method=\"post\" action=\"" + KingPage.LABEL + "\">");
        page.hidden(FIELD, id).hidden("seal", seal);
        page.raw("<button class=\"no\">Cancel the goal for good</button>");
        page.raw("<a href=\"" + KingPage.LABEL + "\">Back</a></form></article>");
    }

    Answered cancel(Identity person, String id) {
        if (!person.has(Role.OPERATOR)) {
            return Answered.refused("Nothing was cancelled: this needs the role " + Role.OPERATOR.label() + ".");
        }
        try {
            return Answered.done(
                    "The goal is now " + goals.cancel(person.actor(), id).status() + ".");
        } catch (NoSuchElementException | IllegalArgumentException | IllegalStateException | StaleRow e) {
            return Answered.refused("Nothing was cancelled: " + e.getMessage());
        } catch (StoreUnavailable e) {
            return Answered.refused("Nothing was cancelled: the store does not answer.");
        }
    }
}
