/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What of WCAG the tags of a page show by themselves. It looks at single tags only: a parser of whole pages would bring code
 * into this agent that no agent may hold.
 */
final class WebPage {

    private static final int LONGEST = 200;
    private static final Pattern TAG = Point.pattern("<(/?)(html|img|input|select|textarea|label)\\b([^<>]{0,4000}+)>");
    private static final Pattern NO_FIELD =
            Point.pattern("\\btype\\s*=\\s*[\"']?(hidden|submit|button|reset|image)\\b");
    private static final Pattern NAMED = Point.pattern("\\b(aria-label|aria-labelledby|title)\\s*=\\s*[\"']?[^\"'\\s]");
    private static final Pattern ALT = Point.pattern("\\salt(\\s*=|\\s|/|$)");
    private static final Pattern LANG = Point.pattern("\\slang\\s*=\\s*[\"']?\\p{Alpha}");
    private static final Pattern ID = Point.pattern("\\sid\\s*=\\s*[\"']?([^\"'\\s>]+)");
    private static final Pattern FOR = Point.pattern("\\sfor\\s*=\\s*[\"']?([^\"'\\s>]+)");

    private WebPage() {}

    /** Something that keeps people out, with the tag it stands in. */
    record Barrier(String law, int deduction, String missing, String quote) {}

    private record Tag(boolean end, String name, String attributes, String quote) {

        static Tag of(MatchResult match) {
            String whole = match.group();
            return new Tag(
                    !match.group(1).isEmpty(),
                    match.group(2).toLowerCase(Locale.ROOT),
                    match.group(3),
                    whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST));
        }

        boolean is(String tag) {
            return !end && name.equals(tag);
        }

        boolean has(Pattern attribute) {
            return attribute.matcher(attributes).find();
        }

        boolean field() {
            return is("select") || is("textarea") || (is("input") && !has(NO_FIELD));
        }

        Optional<String> value(Pattern attribute) {
            return attribute.matcher(attributes).results().findFirst().map(match -> match.group(1));
        }
    }

    static List<Barrier> barriers(String html) {
        String seen = without(html, "<!--", "-->");
        for (String element : List.of("script", "style", "template")) {
            seen = without(seen, "<" + element, "</" + element);
        }
        List<Tag> tags = TAG.matcher(seen).results().map(Tag::of).toList();
        List<Barrier> barriers = new ArrayList<>();
        tags.stream()
                .filter(tag -> tag.is("img") && !tag.has(ALT))
                .findFirst()
                .ifPresent(
                        image -> barriers.add(new Barrier("WCAG 1.1.1", 10, "a text for every image", image.quote())));
        unlabelled(tags)
                .ifPresent(field ->
                        barriers.add(new Barrier("WCAG 1.3.1, 4.1.2", 15, "a label for every field", field.quote())));
        Optional<Tag> root = tags.stream().filter(tag -> tag.is("html")).findFirst();
        if (root.isEmpty() || !root.get().has(LANG)) {
            barriers.add(new Barrier(
                    "WCAG 3.1.1",
                    10,
                    "the language of the page",
                    root.map(Tag::quote).orElse("")));
        }
        return barriers;
    }

    /** The page without what stands from one mark to the other, in one pass; what never ends hides the rest. */
    private static String without(String html, String from, String to) {
        String lower = html.toLowerCase(Locale.ROOT);
        if (lower.length() != html.length()) {
            return html;
        }
        StringBuilder rest = new StringBuilder();
        int at = 0;
        for (int start = lower.indexOf(from); start >= 0; start = lower.indexOf(from, at)) {
            rest.append(html, at, start);
            int end = lower.indexOf(to, start + from.length());
            if (end < 0) {
                return rest.toString();
            }
            at = end + to.length();
        }
        return rest.append(html, at, html.length()).toString();
    }

    /** The first field without a name of its own, a label around it or a label for it. */
    private static Optional<Tag> unlabelled(List<Tag> tags) {
        List<String> labels = tags.stream()
                .filter(tag -> tag.is("label"))
                .flatMap(tag -> tag.value(FOR).stream())
                .toList();
        boolean inside = false;
        for (Tag tag : tags) {
            if (tag.name().equals("label")) {
                inside = !tag.end();
            } else if (tag.field()
                    && !inside
                    && !tag.has(NAMED)
                    && tag.value(ID).filter(labels::contains).isEmpty()) {
                return Optional.of(tag);
            }
        }
        return Optional.empty();
    }
}
