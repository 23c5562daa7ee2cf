/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks something up on the web: searches, reads some of the pages, quotes and counts what they say. What others say is
 * marked as theirs and never followed. A model, where there is one, only writes the summary.
 */
final class WebResearch {

    private final Bounds bounds;
    private final Reasoning reasoning;

    WebResearch(Bounds bounds, Reasoning reasoning) {
        this.bounds = bounds;
        this.reasoning = reasoning;
    }

    Outcome on(Skill skill, Task task, AgentContext context) {
        Topic topic = Topic.of(task, context.business());
        List<Query> queries = topic.queries(skill, bounds.searches());
        if (topic.isEmpty() || queries.isEmpty()) {
            return new Outcome.Declined(
                    List.of("what to research: a goal that names it, or the niche of the business"));
        }
        WebSearch.Found found = WebSearch.of(queries, skill.results(bounds.sources(skill)), context);
        if (found.asked().isEmpty()) {
            return found.missing().isEmpty()
                    ? new Outcome.Failed(String.join("; ", found.failed()), found.retriable())
                    : new Outcome.Declined(found.missing());
        }
        return done(skill, topic, found, context);
    }

    private Outcome done(Skill skill, Topic topic, WebSearch.Found found, AgentContext context) {
        List<Hit> hits = found.hits();
        Pages.Read pages = Pages.of(hits, bounds, context);
        String about = String.join(" ", topic.names()) + (skill == Skill.WEB_SEARCH ? " " + topic.questions() : "");
        List<Finding> findings = Finding.of(about, hits, pages.passages(), bounds.sources(skill), context);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", topic.words());
        data.put("queries", found.asked());
        data.put("findings", findings.stream().map(Finding::data).toList());
        List<Report.Section> sections = new ArrayList<>();
        summary(skill.asks(about), findings, data, context).ifPresent(sections::add);
        told(skill, topic, found, findings, pages, context).ifPresent(told -> {
            sections.add(told.section());
            data.putAll(told.data());
        });
        sections.add(quotes(findings, found));
        related(skill, found).ifPresent(sections::add);
        gaps(found, pages).ifPresent(sections::add);
        orders(found.refused(), pages).ifPresent(sections::add);
        return new Outcome.Done(data, new Report(List.copyOf(sections)));
    }

    /** The prose of a model, shown only when its numbers and sources are those of the findings. */
    private Optional<Report.Section> summary(
            String question, List<Finding> findings, Map<String, Object> data, AgentContext context) {
        if (findings.isEmpty() || !context.canChat()) {
            return Optional.empty();
        }
        Reasoning.Concluded concluded = reasoning.summary(
                question, findings.stream().map(Finding::passage).toList(), context);
        concluded.text().ifPresent(text -> data.put("answer", text));
        return Optional.of(concluded.section());
    }

    private Optional<Told> told(
            Skill skill,
            Topic topic,
            WebSearch.Found found,
            List<Finding> findings,
            Pages.Read pages,
            AgentContext context) {
        return switch (skill) {
            case WEB_SEARCH -> Optional.empty();
            case MARKET_RESEARCH -> Optional.of(Themes.in(findings, pages.passages(), topic.names()));
            case COMPETITOR_ANALYSIS -> Optional.of(Rivals.in(found.hits(), found.asked(), topic.competitors()));
            case TREND_ANALYSIS -> Optional.of(
                    Trend.in(found.hits(), LocalDate.ofInstant(context.now(), ZoneOffset.UTC), bounds.dated()));
            case PRODUCT_RESEARCH -> Optional.of(Prices.in(found.hits()));
        };
    }

    private static Report.Section quotes(List<Finding> findings, WebSearch.Found found) {
        Source asked = new Source.Formula("searched for: “" + String.join("”, “", found.asked()) + "”");
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure(
                "Sources", findings.isEmpty() ? Told.NO_DATA : String.valueOf(findings.size()), "", List.of(asked)));
        findings.forEach(finding -> blocks.add(finding.block()));
        return new Report.Section("What the web says (words of others)", List.copyOf(blocks));
    }

    private static Optional<Report.Section> related(Skill skill, WebSearch.Found found) {
        if (skill != Skill.MARKET_RESEARCH || found.related().isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> rows = found.related().stream().map(List::of).toList();
        return Optional.of(new Report.Section(
                "What people ask",
                List.of(new Report.Table(
                        "Questions and searches beside the results",
                        List.of("Asked"),
                        rows,
                        List.of(new Source.Formula("as the search service lists them"))))));
    }

    private static Optional<Report.Section> gaps(WebSearch.Found found, Pages.Read pages) {
        List<Report.Block> blocks = new ArrayList<>();
        Source source = new Source.Formula("what the tools answered");
        found.missing()
                .forEach(what -> blocks.add(new Report.Advice("Not every search was made", what, List.of(source))));
        found.failed().forEach(what -> blocks.add(new Report.Text("This search failed: " + what, List.of(source))));
        pages.failed().forEach(what -> blocks.add(new Report.Text("Not read: " + what, List.of(source))));
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Report.Section("What could not be looked at", List.copyOf(blocks)));
    }

    private static Optional<Report.Section> orders(List<Hit> refused, Pages.Read pages) {
        List<Passage> all = new ArrayList<>();
        refused.forEach(hit -> all.addAll(List.of(Pages.title(hit), Pages.snippet(hit))));
        pages.passages().values().forEach(all::addAll);
        return Warnings.of(all, "Pages that give orders");
    }
}
