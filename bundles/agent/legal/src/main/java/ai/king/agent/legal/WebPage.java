/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What of WCAG the source of a page shows by itself. */
final class WebPage {

    private static final int LONGEST = 200;
    private static final String FIELDS =
            "input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]), select, textarea";

    private WebPage() {}

    /** Something that keeps people out, with the tag it stands in. */
    record Barrier(String law, int deduction, String missing, String quote) {}

    static List<Barrier> barriers(String html) {
        Document page = Jsoup.parse(html);
        List<Barrier> barriers = new ArrayList<>();
        page.select("img:not([alt])").stream()
                .findFirst()
                .ifPresent(image -> barriers.add(new Barrier("WCAG 1.1.1", 10, "a text for every image", tag(image))));
        page.select(FIELDS).stream()
                .filter(field -> !labelled(page, field))
                .findFirst()
                .ifPresent(field ->
                        barriers.add(new Barrier("WCAG 1.3.1, 4.1.2", 15, "a label for every field", tag(field))));
        Element root = page.selectFirst("html");
        if (root == null || root.attr("lang").isBlank()) {
            barriers.add(new Barrier("WCAG 3.1.1", 10, "the language of the page", root == null ? "" : tag(root)));
        }
        return barriers;
    }

    private static boolean labelled(Document page, Element field) {
        boolean named = !field.attr("aria-label").isBlank()
                || !field.attr("aria-labelledby").isBlank()
                || !field.attr("title").isBlank();
        String id = field.id();
        return named
                || field.closest("label") != null
                || (!id.isEmpty()
                        && page.select("label").stream()
                                .anyMatch(label -> label.attr("for").equals(id)));
    }

    private static String tag(Element element) {
        String tag = element.shallowClone().outerHtml();
        return tag.length() <= LONGEST ? tag : tag.substring(0, LONGEST);
    }
}
