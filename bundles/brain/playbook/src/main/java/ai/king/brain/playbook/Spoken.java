/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of several skills of one kind a goal names in its own words: a newsletter is no landing page. */
final class Spoken {

    private static final Map<String, Pattern> WORDS = Map.ofEntries(
            words("landing_page", "landing pages?|home ?pages?|web ?pages?"),
            words("product_description", "product (?:descriptions?|texts?|pages?)|descri(?:be|ptions?)"),
            words("blog_post", "blogs?|blog ?posts?|articles? (?:about|for)|guest posts?"),
            words("email_marketing", "e-?mails?|newsletters?|mailings?"),
            words("social_media", "social(?: media| networks?)?|tweets?|instagram|facebook|linkedin|tiktok"),
            words("ad_copy", "ads?|ad copy|adverts?|advertisements?"),
            words("press_release", "press(?: releases?)?"),
            words("seo_score", "seo score|score"),
            words("competitor_analysis", "competitors?|competition|rivals?|who else (?:sells|offers)"),
            words("trend_analysis", "trends?|trending|(?:rising|falling|growing) (?:demand|interest)"),
            words(
                    "product_research",
                    "products? (?:to sell|worth|ideas?)|best[- ]?sell(?:ers?|ing)|prices? (?:of|for)"),
            words("web_search", "search the web|look (?:it )?up|google"),
            words("catalogue", "catalog(?:ue)?s?|assortment|product range"),
            words(
                    "orders",
                    "(?:open|late|overdue|unshipped|shipped|returned|refunded|cancell?ed|largest|biggest|odd|customer) orders?"
                            + "|order (?:status|state)|(?:status|state) of (?:the |our |all )?orders?"
                            + "|orders? (?:is|are|were|that are) (?:still )?(?:open|late|overdue|returned|refunded|cancell?ed)"),
            words(
                    "fulfilment",
                    "fulfil\\w*|be shipped|(?:can|could|should) (?:we )?ship|ready to ship|ship (?:the |our |all )?(?:open )?orders?"),
            words("create", "new agent|write an agent|lacks?|missing skill"),
            words("modify", "modify|adapt|change"),
            words("optimize", "optimi[sz]e|faster|speed up|slow"),
            words("refactor", "refactor|clean up|readable"),
            words("document", "document|readme"),
            words("test", "tests?"));

    private Spoken() {}

    private static Map.Entry<String, Pattern> words(String action, String words) {
        return Map.entry(action, Pattern.compile("\\b(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE));
    }

    /** Of these actions the one whose words come first in the goal; empty when it holds none of them. */
    static Optional<String> first(List<String> actions, String goal) {
        return actions.stream()
                .filter(action -> at(action, goal).isPresent())
                .min(Comparator.comparingInt(action -> at(action, goal).orElse(Integer.MAX_VALUE)));
    }

    /** Whether the goal holds the words of one of these actions. */
    static boolean names(List<String> actions, String goal) {
        return first(actions, goal).isPresent();
    }

    private static OptionalInt at(String action, String goal) {
        Pattern words = WORDS.get(action);
        if (words == null) {
            return OptionalInt.empty();
        }
        Matcher found = words.matcher(goal);
        return found.find() ? OptionalInt.of(found.start()) : OptionalInt.empty();
    }
}
