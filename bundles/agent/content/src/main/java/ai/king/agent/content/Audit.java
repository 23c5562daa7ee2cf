/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Document;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores a text that is already there: one of the input, or a document that the goal names. It is read and never followed. */
final class Audit {

    private static final int LONGEST = 200_000;

    private Audit() {}

    static Outcome of(Task task, AgentContext context) {
        Wanted wanted = new Wanted(task);
        Optional<Document> document = document(task, context);
        String text = document.isPresent()
                ? context.business()
                        .map(business -> business.text(document.get().id()))
                        .orElse("")
                : wanted.text("text");
        List<String> missing = new ArrayList<>();
        if (Text.words(text).isEmpty()) {
            missing.add("text: what to score, or a document with the goal");
        }
        if (wanted.word("keyword").isEmpty()) {
            missing.add("keyword: what people should find it by");
        }
        if (!missing.isEmpty()) {
            return new Outcome.Declined(missing);
        }
        if (text.length() > LONGEST) {
            return new Outcome.Failed("the text has more than " + LONGEST + " characters", false);
        }
        String title = wanted.word("title").isEmpty() ? heading(text) : wanted.word("title");
        Draft draft = new Draft(title, wanted.text("meta").trim(), text);
        SeoScore score = SeoScore.of(draft, wanted.word("keyword"), Form.BLOG_POST.leastWords());
        return done(score, title, source(document, title));
    }

    private static Optional<Document> document(Task task, AgentContext context) {
        return context.business().map(BusinessData::documents).orElse(List.of()).stream()
                .filter(found -> task.documents().contains(found.id()))
                .findFirst();
    }

    /** The first heading of Markdown, or nothing. */
    private static String heading(String text) {
        return text.lines()
                .filter(line -> line.startsWith("# "))
                .map(line -> Text.plain(line.substring(2)))
                .findFirst()
                .orElse("");
    }

    private static Source source(Optional<Document> document, String title) {
        return document.<Source>map(found -> new Source.Passage(found.id(), found.name(), title))
                .orElse(new Source.Formula("the text that came with the task"));
    }

    private static Outcome done(SeoScore score, String title, Source source) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("score", score.total());
        data.put("title", score.title());
        data.put("meta", score.meta());
        data.put("content", score.content());
        data.put("keywords", score.keywords());
        data.put("readability", score.readability());
        data.put("shortcomings", score.shortcomings());
        List<Report.Block> blocks = new ArrayList<>(List.of(score.table(List.of(source))));
        score.shortcomings()
                .forEach(one -> blocks.add(new Report.Advice(
                        "Improve the text", one, List.of(source, new Source.Formula(SeoScore.FORMULA)))));
        return new Outcome.Done(
                data,
                new Report(List.of(new Report.Section("SEO score" + (title.isEmpty() ? "" : " of " + title), blocks))));
    }
}
