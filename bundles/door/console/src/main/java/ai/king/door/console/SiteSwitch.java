/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.gate.Controls;
import ai.king.store.StoreUnavailable;

/** Pause and resume of the whole platform, on every node; who may is what REST and the shell say, too. */
final class SiteSwitch {

    static final String FIELD = "switch";

    private static final String PAUSE = "pause";
    private static final String RESUME = "resume";

    private final Controls controls;

    SiteSwitch(Controls controls) {
        this.controls = controls;
    }

    /** Whether the platform works or is paused, and for those who may the way to change it. */
    void state(Html page, Identity person) {
        boolean paused = controls.paused();
        page.badge(paused ? "PAUSED" : "RUNNING");
        if (person.has(needed(!paused))) {
            page.raw("<a href=\"" + KingPage.LABEL + "?" + FIELD + "=" + (paused ? RESUME : PAUSE) + "\">");
            page.raw(paused ? "Resume…" : "Pause…").raw("</a>");
        }
    }

    /** Says what will happen, and asks. */
    void ask(Html page, String word, String seal) {
        boolean pause = word.equals(PAUSE);
        if (!pause && !word.equals(RESUME)) {
            ConsolePage.note(page, "note bad", "There is no such switch.");
            return;
        }
        page.raw("<h2>")
                .raw(pause ? "Pause the platform?" : "Let it work again?")
                .raw("</h2><article><p>");
        page.raw(
                pause
                        ? "From 2 seconds on no effect, generation or step of a proposal starts on any node. Calls under way"
                                + " end, steps stay queued, and an administrator resumes."
                        : "What is queued goes on, on every node.");
        page.raw("</p><form method=\"post\" action=\"" + KingPage.LABEL + "\">");
        page.hidden(FIELD, word).hidden("seal", seal);
        page.raw("<button class=\"" + (pause ? "no\">Pause" : "yes\">Resume") + "</button>");
        page.raw("<a href=\"" + KingPage.LABEL + "\">Back</a></form></article>");
    }

    Answered turn(Identity person, String word) {
        boolean pause = word.equals(PAUSE);
        if (!pause && !word.equals(RESUME)) {
            return Answered.refused("Nothing was changed: there is no such switch.");
        }
        if (!person.has(needed(pause))) {
            return Answered.refused(
                    "Nothing was changed: this needs the role " + needed(pause).label() + ".");
        }
        try {
            if (pause) {
                controls.pause(person);
                return Answered.done("Paused: nothing starts any more; calls under way end.");
            }
            controls.resume(person);
            return Answered.done("Resumed: what was queued goes on.");
        } catch (StoreUnavailable e) {
            return Answered.refused("Nothing was changed: the store does not answer.");
        }
    }

    private static Role needed(boolean pause) {
        return pause ? Role.OPERATOR : Role.ADMIN;
    }
}
