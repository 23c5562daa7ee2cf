/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.agent.Source;
import ai.king.work.Conversation;
import ai.king.work.Exchange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a conversation looks. */
final class Transcript {

    /** Characters of a conversation's name. */
    private static final int TITLE = 32;

    /**
     * The hidden fields of a form.
     *
     * @param once differs from page to page, so that a form sent twice says its message once
     */
    record Form(String conversation, String seal, String once) {}

    /** @param all what was said last, by conversation */
    void top(Html page, Identity person, Map<String, String> all, Optional<Conversation> open) {
        page.raw("<p class=\"top\"><span>you are <b>").text(person.name()).raw("</b></span><a href=\"");
        page.raw(ChatPage.LABEL).raw("\">New conversation</a>");
        all.forEach((id, last) -> {
            boolean here = open.isPresent() && open.get().id().equals(id);
            page.raw(here ? "<b>" : "<a href=\"" + ChatPage.LABEL + "?c=");
            if (!here) {
                page.text(id).raw("#last\">");
            }
            page.text(shortened(last)).raw(here ? "</b>" : "</a>");
        });
        page.raw("</p>");
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= TITLE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE)) + "…";
    }

    /** @param newestFirst as the store gives them */
    void exchanges(Html page, List<Exchange> newestFirst, Form form) {
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            Exchange one = newestFirst.get(i);
            page.raw("<article")
                    .raw(i == 0 ? " id=\"last\"" : "")
                    .raw("><p class=\"said\">")
                    .text(one.message());
            page.raw("</p><div class=\"answer\">").text(one.reply()).raw("</div><p class=\"meta\">");
            page.badge(one.intent().type())
                    .raw("<small>")
                    .text(Html.time(one.at()))
                    .raw(" UTC</small></p>");
            sources(page, one.sources());
            actions(page, one, form, i == 0);
            page.raw("</article>");
        }
    }

    private static void sources(Html page, List<Source> sources) {
        if (sources.isEmpty()) {
            return;
        }
        page.raw("<details open><summary>Source</summary><ul>");
        for (Source source : sources) {
            page.raw("<li>");
            if (source instanceof Source.Rows rows) {
                page.raw("<b>")
                        .text(rows.kind())
                        .raw("</b> ")
                        .text(rows.filter())
                        .raw(", ")
                        .text(rows.count());
                page.raw(rows.count() == 1 ? " row" : " rows").raw(" <span class=\"hash\">SHA-256 ");
                page.text(rows.digest()).raw("</span>");
            } else if (source instanceof Source.Formula formula) {
                page.text(formula.text());
            } else if (source instanceof Source.Passage passage) {
                page.raw("<b>")
                        .text(passage.name())
                        .raw("</b> “")
                        .text(passage.quote())
                        .raw("”");
            } else if (source instanceof Source.Web web) {
                page.text(web.title()).raw(" ").text(web.url());
            } else if (source instanceof Source.Step step) {
                page.raw("step ").text(step.name());
            }
            page.raw("</li>");
        }
        page.raw("</ul></details>");
    }

    private static void actions(Html page, Exchange exchange, Form form, boolean last) {
        for (Exchange.Next next : exchange.actions()) {
            switch (next.kind()) {
                case GOAL -> page.raw("<p class=\"next\">Goal: <a href=\"/api/v1/goals/")
                        .text(next.id())
                        .raw("/report\">")
                        .text(next.title())
                        .raw("</a></p>");
                case APPROVAL -> page.raw("<p class=\"next\">")
                        .badge(next.detail().getOrDefault("risk", "MEDIUM"))
                        .raw("Waits for a decision: <b>")
                        .text(next.title())
                        .raw("</b> <a href=\"")
                        .raw(KingPage.LABEL)
                        .raw("\">see all of it and decide</a></p>");
                case CONFIRM -> button(page, form, last, "yes", "", "Yes, file it");
                case BUSINESS -> button(page, form, last, next.title(), next.id(), next.title());
            }
        }
    }

    /** What is asked last can be answered with a click. */
    private static void button(Html page, Form form, boolean last, String message, String business, String label) {
        if (!last) {
            return;
        }
        open(page, form);
        page.hidden("message", message).hidden("business", business);
        page.raw("<button class=\"yes\">").text(label).raw("</button></form>");
    }

    void ask(Html page, Form form, boolean first) {
        open(page, form);
        page.raw("<textarea class=\"notes\" name=\"message\" maxlength=\"20000\" rows=\"3\" required"
                + (first ? " autofocus" : "")
                + " aria-label=\"message\" placeholder=\"How much revenue in August? Which approvals wait? Write a blog post"
                + " about puppies.\"></textarea><button class=\"yes\">Send</button></form>");
    }

    private static void open(Html page, Form form) {
        page.raw("<form method=\"post\" action=\"").raw(ChatPage.LABEL).raw("\">");
        page.hidden("c", form.conversation()).hidden("seal", form.seal()).hidden("once", form.once());
    }
}
