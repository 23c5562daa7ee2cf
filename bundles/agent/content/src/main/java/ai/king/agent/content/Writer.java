/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a text of sentences that only repeat, count and compare the facts of the brief. */
final class Writer {

    /** One naming in so many words is in the middle of the wanted density. */
    private static final int WORDS_A_NAMING = 50;

    private static final int FEW = 3;
    private static final int MOST_NAMINGS = 12;

    Draft write(Brief brief) {
        return draft(brief, false, 1);
    }

    /** The second attempt: with questions and answers, and naming the keyword as often as scores best. */
    Draft rewrite(Brief brief) {
        return IntStream.rangeClosed(1, MOST_NAMINGS)
                .mapToObj(namings -> draft(brief, true, namings))
                .max(Comparator.comparingInt((Draft draft) -> SeoScore.of(
                                draft, brief.keyword(), brief.form().leastWords())
                        .total()))
                .orElseThrow();
    }

    private static Draft draft(Brief brief, boolean fuller, int namings) {
        String body =
                switch (brief.form()) {
                    case SOCIAL_MEDIA -> post(brief);
                    case AD_COPY -> advertisement(brief);
                    case EMAIL_MARKETING -> mail(brief);
                    case PRESS_RELEASE -> release(brief);
                    default -> page(brief, fuller, namings);
                };
        return new Draft(title(brief), meta(brief), body);
    }

    private static String title(Brief brief) {
        if (brief.form() == Form.PRESS_RELEASE) {
            String head = brief.shop() + ": " + capital(unended(brief.news().get(0)));
            return Text.fit(head, List.of(" | News", " | Press Release"), SeoScore.TITLE_LEAST, SeoScore.TITLE_MOST);
        }
        List<String> parts = List.of(
                at(brief), ": Facts and Prices", " at a Glance", ", What You Need to Know", " Before You Choose");
        return Text.fit(capital(subject(brief)), parts, SeoScore.TITLE_LEAST, SeoScore.TITLE_MOST);
    }

    /** Where there is the subject; nothing when it is the shop itself. */
    private static String at(Brief brief) {
        return brief.subject().equals(brief.shop()) ? "" : " at " + brief.shop();
    }

    /** The name of the subject with the keyword in it. */
    private static String subject(Brief brief) {
        return Text.has(brief.subject(), brief.keyword()) ? brief.subject() : brief.keyword() + ": " + brief.subject();
    }

    private static String meta(Brief brief) {
        String head = brief.form() == Form.PRESS_RELEASE
                ? sentence(brief.news().get(0)) + " News from " + brief.shop() + "."
                : capital(subject(brief)) + at(brief) + ".";
        List<String> parts = List.of(
                brief.single() ? " Price: " + brief.price(brief.first()) + "." : " " + prices(brief),
                " Read the facts and choose what fits.",
                " See what there is.",
                " All at a glance.",
                " Compare before you choose.",
                " Find out more.",
                " Have a look.");
        return Text.fit(head, parts, SeoScore.META_LEAST, SeoScore.META_MOST);
    }

    private static String prices(Brief brief) {
        return brief.lowest().equals(brief.highest())
                ? "The price is " + brief.lowest() + "."
                : "Prices go from " + brief.lowest() + " to " + brief.highest() + ".";
    }

    private static String page(Brief brief, boolean fuller, int namings) {
        List<String> blocks = new ArrayList<>();
        blocks.add(brief.tone().opening(brief.keyword()) + " " + belongs(brief));
        if (!brief.facts().isEmpty()) {
            blocks.add(brief.facts().stream().map(Writer::sentence).collect(Collectors.joining(" ")));
        }
        blocks.add("## At a glance");
        blocks.add(listing(brief));
        if (!brief.single() && brief.form() == Form.BLOG_POST) {
            blocks.addAll(portraits(brief));
        }
        blocks.add("## How it compares");
        blocks.add(comparison(brief));
        if (fuller) {
            blocks.add("## Questions and answers");
            blocks.add(questions(brief));
        }
        blocks.add(namings(brief, namings) + brief.tone().invitation());
        return String.join("\n\n", blocks);
    }

    private static String belongs(Brief brief) {
        Good good = brief.first();
        return brief.single()
                ? good.name() + " is part of the " + good.category() + " range at " + brief.shop() + ". It costs "
                        + brief.price(good) + "."
                : "You can choose from " + brief.goods().size() + " articles at " + brief.shop() + ". " + prices(brief);
    }

    /** The articles with their prices; with their range where there are several. */
    private static String listing(Brief brief) {
        boolean several = brief.goods().stream().map(Good::category).distinct().count() > 1;
        return brief.goods().stream()
                .map(good ->
                        "- " + good.name() + (several ? " (" + good.category() + ")" : "") + ": " + brief.price(good))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> portraits(Brief brief) {
        List<Good> byPrice = brief.goods().stream()
                .sorted(Comparator.comparing(Good::price).thenComparing(Good::sku))
                .toList();
        List<String> portraits = new ArrayList<>();
        for (int i = 0; i < byPrice.size(); i++) {
            Good good = byPrice.get(i);
            String next = i + 1 < byPrice.size()
                    ? "The next one up is " + byPrice.get(i + 1).name() + " at " + brief.price(byPrice.get(i + 1)) + "."
                    : "No other article here costs more.";
            portraits.add("### " + good.name());
            portraits.add("It costs " + brief.price(good) + ". Ask for it by its number, which is " + good.sku() + ". "
                    + next);
        }
        return portraits;
    }

    private static String comparison(Brief brief) {
        if (!brief.single()) {
            return "The lowest price is " + brief.lowest() + ". The highest is " + brief.highest()
                    + ". Start with what you need it for. Then look at the size and the price, and put a few next to each other.";
        }
        List<Good> beside = brief.beside(FEW);
        if (beside.isEmpty()) {
            return "Think of what you need it for, look at the size and the price, and take the time that you need. "
                    + "Then make your choice. Do you have a question first? Then write to us.";
        }
        return "You can choose from " + brief.range().size() + " articles of this range. " + prices(brief)
                + " Near it in price you find "
                + beside.stream()
                        .map(other -> other.name() + " at " + brief.price(other))
                        .collect(Collectors.joining(", "))
                + ". Think of what you need it for, look at the size and the price, and put them next to each other.";
    }

    private static String questions(Brief brief) {
        Good good = brief.first();
        if (brief.single()) {
            return "- What does it cost? It costs " + brief.price(good) + ".\n- Where does it belong? It stands in the "
                    + good.category() + " range.\n- What is its number? Ask for " + good.sku() + ".";
        }
        return "- From how many articles can I choose? From " + brief.goods().size() + ".\n- What do they cost? "
                + prices(brief) + "\n- How do I ask for one? Each has a number, "
                + good.name() + " for one is " + good.sku() + ".";
    }

    /** Sentences that name the keyword as often as is wanted and say nothing else. */
    private static String namings(Brief brief, int wanted) {
        List<String> sentences = List.of(
                "That is what we have on " + brief.keyword() + ". ",
                "Do you still have a question about " + brief.keyword() + "? Then write to us. ",
                "You can come back to " + brief.keyword() + " at any time. ");
        return sentences.stream().limit(Math.max(0, wanted - 1)).collect(Collectors.joining());
    }

    private static String mail(Brief brief) {
        return brief.tone().opening(brief.keyword()) + "\n\n"
                + brief.facts().stream().map(fact -> sentence(fact) + "\n\n").collect(Collectors.joining())
                + brief.goods().stream()
                        .map(good -> "- " + good.name() + ": " + brief.price(good))
                        .collect(Collectors.joining("\n"))
                + "\n\nYou find these at " + brief.shop() + ". " + prices(brief)
                + " Do you have a question? Then write to us.\n\n"
                + brief.tone().invitation() + "\n\n" + brief.shop();
    }

    private static String post(Brief brief) {
        String start = Text.cut(brief.tone().opening(brief.keyword()), Form.POST / 3);
        String offer = brief.single() ? brief.first().name() + ": " + brief.price(brief.first()) + "." : prices(brief);
        String tag = "#" + brief.keyword().replaceAll("[^\\p{L}\\p{N}]", "");
        List<String> parts = new ArrayList<>();
        brief.facts().stream().limit(FEW).forEach(fact -> parts.add(" " + sentence(fact)));
        parts.add(" " + brief.tone().invitation());
        int room = Form.POST - tag.length() - 1;
        return Text.fit(Text.cut(start + " " + offer, room), parts, room, room) + " " + tag;
    }

    /** Three headlines and two descriptions; a description ends as a sentence. */
    private static String advertisement(Brief brief) {
        String offer = brief.single() ? brief.price(brief.first()) : "from " + brief.lowest();
        String fact = brief.facts().stream()
                .map(Writer::unended)
                .filter(one -> one.length() < Form.DESCRIPTION)
                .findFirst()
                .orElse(brief.single() ? "it costs " + offer : unended(prices(brief)));
        return String.join(
                "\n",
                Text.cut(capital(brief.keyword()), Form.HEADLINE),
                Text.cut(capital(offer), Form.HEADLINE),
                Text.cut(at(brief).isEmpty() ? "Facts and prices" : brief.shop(), Form.HEADLINE),
                Text.cut(capital(brief.keyword()) + at(brief), Form.DESCRIPTION - 1) + ".",
                Text.cut(capital(fact), Form.DESCRIPTION - 1) + ".");
    }

    private static String release(Brief brief) {
        String news = brief.news().get(0);
        boolean named = brief.keyword().equals(brief.shop()) || Text.has(news, brief.keyword());
        return "# News from " + brief.shop() + "\n\n" + sentence(news)
                + (named ? "" : " This is about " + brief.keyword() + ".") + "\n\n"
                + brief.facts().stream().map(fact -> sentence(fact) + "\n\n").collect(Collectors.joining())
                + "## What there is at " + brief.shop() + "\n\n"
                + (brief.single()
                        ? ""
                        : "You can choose from " + brief.goods().size() + " articles. " + prices(brief) + "\n\n")
                + listing(brief)
                + "\n\n## Contact\n\nDo you write about " + brief.shop() + " and need more? Ask "
                + unended(brief.news().get(1)) + ".";
    }

    private static String unended(String sentence) {
        return sentence.replaceFirst("[.!?]+$", "");
    }

    static String sentence(String fact) {
        return capital(fact.matches(".*[.!?]$") ? fact : fact + ".");
    }

    static String capital(String line) {
        return line.isEmpty() ? line : line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1);
    }
}
