/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well a page is made to be found: each part 0 to 100, the total title 15 + meta 15 + content 30 + keywords 25 +
 * readability 15 percent.
 *
 * @param shortcomings what would raise it, in words
 */
record SeoScore(
        int title, int meta, int content, int keywords, int readability, double density, List<String> shortcomings) {

    static final int TITLE_LEAST = 50;
    static final int TITLE_MOST = 60;
    static final int META_LEAST = 150;
    static final int META_MOST = 160;
    static final double DENSITY_LEAST = 1;
    static final double DENSITY_MOST = 3;
    static final String FORMULA =
            "title 15 + meta 15 + content 30 + keywords 25 + readability 15 percent; title 50-60 and meta "
                    + "150-160 characters, keyword in 1-3 of 100 words, reading ease by Flesch";

    /** Plain English; easier does not make it better. */
    private static final double EASE = 60;

    int total() {
        return (int) Math.round(0.15 * title + 0.15 * meta + 0.30 * content + 0.25 * keywords + 0.15 * readability);
    }

    static SeoScore of(Draft draft, String keyword, int leastWords) {
        List<String> shortcomings = new ArrayList<>();
        int words = Text.words(draft.body()).size();
        double density = words == 0 ? 0 : 100.0 * Text.count(draft.body(), keyword) / words;
        double ease = Readability.ease(draft.body());
        int title = line("title", draft.title(), keyword, TITLE_LEAST, TITLE_MOST, shortcomings);
        int meta = line("meta description", draft.meta(), keyword, META_LEAST, META_MOST, shortcomings);
        int content = content(draft.body(), words, keyword, leastWords, shortcomings);
        if (density < DENSITY_LEAST || density > DENSITY_MOST) {
            shortcomings.add(String.format(Locale.ROOT, "keyword density %.1f %%, not 1-3 %%", density));
        }
        if (ease < EASE) {
            shortcomings.add(String.format(Locale.ROOT, "reading ease %.0f, under %.0f", ease, EASE));
        }
        int readability = (int) Math.round(Math.min(100, 100 * ease / EASE));
        return new SeoScore(title, meta, content, keywords(density), readability, density, List.copyOf(shortcomings));
    }

    /** The parts as a person reads them. */
    Report.Table table(List<Source> of) {
        List<Source> sources = new ArrayList<>(of);
        sources.add(new Source.Formula(FORMULA));
        return new Report.Table(
                "SEO score",
                List.of("Part", "Points of 100"),
                List.of(
                        List.of("Title", Integer.toString(title)),
                        List.of("Meta description", Integer.toString(meta)),
                        List.of("Content", Integer.toString(content)),
                        List.of("Keywords", Integer.toString(keywords)),
                        List.of("Readability", Integer.toString(readability)),
                        List.of("Score", Integer.toString(total()))),
                sources);
    }

    /** 70 for the length, less the further it is off; 30 for the keyword. */
    private static int line(String what, String line, String keyword, int least, int most, List<String> shortcomings) {
        int length = line.length();
        int off = length < least ? least - length : Math.max(0, length - most);
        if (off > 0) {
            shortcomings.add(what + " has " + length + " characters, not " + least + "-" + most);
        }
        boolean named = Text.has(line, keyword);
        if (!named) {
            shortcomings.add(what + " does not name the keyword");
        }
        return (int) Math.round(70 * Math.max(0, 1 - (double) off / least)) + (named ? 30 : 0);
    }

    /** 70 for the length, 15 for the keyword in the first hundred words, 15 for headings or lists. */
    private static int content(String body, int words, String keyword, int leastWords, List<String> shortcomings) {
        if (words < leastWords) {
            shortcomings.add(words + " words, at least " + leastWords);
        }
        List<String> paragraphs = body.lines().filter(line -> !line.isBlank()).toList();
        String first = String.join(" ", paragraphs.subList(0, Math.min(4, paragraphs.size())));
        boolean early = Text.has(Text.cut(first, 600), keyword);
        boolean structured = paragraphs.stream().anyMatch(line -> line.matches("^(#{1,6}|[-*]) .*"));
        if (!early) {
            shortcomings.add("the keyword is not in the beginning");
        }
        if (!structured) {
            shortcomings.add("no heading or list");
        }
        return (int) Math.round(70 * Math.min(1, (double) words / leastWords))
                + (early ? 15 : 0)
                + (structured ? 15 : 0);
    }

    private static int keywords(double density) {
        if (density < DENSITY_LEAST) {
            return (int) Math.round(100 * density / DENSITY_LEAST);
        }
        return (int) Math.round(100 * Math.max(0, 1 - Math.max(0, density - DENSITY_MOST) / DENSITY_MOST));
    }
}
