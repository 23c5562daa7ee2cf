/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.BusinessData;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The texts that a task asks for.
 *
 * @param missing what must be supplied before there can be one
 * @param left what is not written about and why
 */
record Assignment(List<Brief> briefs, List<String> missing, List<String> left) {

    /** What a task asks for, as it was read. */
    private record Reading(Form form, Tone tone, Wanted wanted, BusinessData business, Catalogue catalogue) {}

    static Assignment of(Task task, Form form, String usualTone, BusinessData business, int most) {
        Wanted wanted = new Wanted(task);
        Catalogue catalogue = Catalogue.of(business);
        String toneWord = wanted.word("tone").isEmpty() ? usualTone : wanted.word("tone");
        Optional<Tone> tone = Tone.of(toneWord);
        List<String> missing = new ArrayList<>(catalogue.goods().isEmpty() ? catalogue.missing() : List.of());
        if (tone.isEmpty()) {
            missing.add("tone: one of " + String.join(", ", Tone.words()));
        }
        for (String key : List.of("name", "currency")) {
            if (Text.plain(business.profile().getOrDefault(key, "")).isEmpty()) {
                missing.add(key + " of the business");
            }
        }
        if (form == Form.PRESS_RELEASE) {
            if (wanted.lines("news").isEmpty()) {
                missing.add("news: what is announced, in a sentence");
            }
            if (wanted.lines("contact").isEmpty()) {
                missing.add("contact: whom the press may ask");
            }
        }
        missing.addAll(unknown(wanted, catalogue));
        if (!missing.isEmpty()) {
            return new Assignment(List.of(), missing, List.of());
        }
        Reading reading = new Reading(form, tone.orElseThrow(), wanted, business, catalogue);
        return chosen(reading, most);
    }

    /** Articles and ranges that the input names and nobody has. */
    private static List<String> unknown(Wanted wanted, Catalogue catalogue) {
        List<String> unknown = new ArrayList<>();
        Set<String> skus = catalogue.goods().stream().map(Good::sku).collect(Collectors.toSet());
        wanted.lines("sku").stream()
                .filter(sku -> !skus.contains(sku))
                .map(sku -> catalogue.missing().stream()
                        .filter(lack -> lack.endsWith(" of " + sku))
                        .findFirst()
                        .orElse("sku: there is no product " + sku))
                .forEach(unknown::add);
        String category = wanted.word("category");
        if (!category.isEmpty() && catalogue.range(category).isEmpty()) {
            unknown.add("category: there is no product in " + category);
        }
        return unknown;
    }

    private static Assignment chosen(Reading reading, int most) {
        List<Good> goods = goods(reading);
        List<String> left = new ArrayList<>(reading.catalogue().missing());
        if (reading.form() == Form.PRODUCT_DESCRIPTION) {
            goods.stream().skip(most).forEach(good -> left.add(good.sku() + ": more than " + most + " articles"));
            List<Brief> briefs = goods.stream()
                    .limit(most)
                    .map(good -> brief(reading, List.of(good)))
                    .toList();
            return new Assignment(briefs, List.of(), left);
        }
        goods.stream().skip(most).forEach(good -> left.add(good.sku() + ": more than " + most + " articles"));
        return new Assignment(List.of(brief(reading, goods.stream().limit(most).toList())), List.of(), left);
    }

    /** The articles that the input names, else those and the ranges of which the goal speaks, else all. */
    private static List<Good> goods(Reading reading) {
        List<Good> all = reading.catalogue().goods();
        List<String> skus = reading.wanted().lines("sku");
        String category = reading.wanted().word("category");
        String goal = reading.wanted().task().goal();
        List<List<Good>> choices = List.of(
                all.stream().filter(good -> skus.contains(good.sku())).toList(),
                reading.catalogue().range(category),
                all.stream().filter(good -> good.namedIn(goal)).toList(),
                all.stream().filter(good -> good.categoryIn(goal)).toList());
        return choices.stream().filter(choice -> !choice.isEmpty()).findFirst().orElse(all);
    }

    private static Brief brief(Reading reading, List<Good> goods) {
        String shop = Text.plain(reading.business().profile().getOrDefault("name", ""));
        String niche = Text.plain(reading.business().profile().getOrDefault("niche", ""));
        Set<String> categories = goods.stream().map(Good::category).collect(Collectors.toSet());
        Good first = goods.get(0);
        boolean one = goods.size() == 1;
        boolean range = !one && categories.size() == 1;
        String subject = one ? first.name() : range ? first.category() : niche.isEmpty() ? shop : niche;
        String usual = reading.form() == Form.PRESS_RELEASE ? shop : one ? first.plainName() : subject;
        String asked = reading.wanted().word("keyword");
        List<String> news = reading.form() == Form.PRESS_RELEASE
                ? List.of(
                        reading.wanted().lines("news").get(0),
                        String.join(", ", reading.wanted().lines("contact")))
                : List.of();
        List<Source> sources = new ArrayList<>(reading.catalogue().sources());
        List<String> facts = reading.wanted().lines("facts");
        if (!facts.isEmpty() || !news.isEmpty()) {
            sources.add(new Source.Formula("facts and news as they were given with the task"));
        }
        return new Brief(
                reading.form(),
                reading.tone(),
                subject,
                asked.isEmpty() ? usual : asked,
                shop,
                Text.plain(reading.business().profile().getOrDefault("currency", ""))
                        .toUpperCase(Locale.ROOT),
                goods,
                one ? reading.catalogue().range(first.category()) : goods,
                facts,
                news,
                sources);
    }
}
