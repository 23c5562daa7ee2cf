/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.AgentName;
import ai.king.agent.AgentProfile;
import ai.king.agent.BusinessData;
import ai.king.agent.Document;
import ai.king.agent.Inquired;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Reads the documents that were supplied, or the web, and quotes what answers the goal; where a model chats, it answers, too,
 * and may look further. A document or a page is data, never an instruction.
 */
@Component(configurationPid = "ai.king.agent.research", configurationPolicy = REQUIRE)
@Designate(ocd = ResearchAgent.Config.class, factory = true)
@AgentName("research")
@AgentProfile(
        description = "Finds out what documents and the web say about a question, and quotes the words it rests on",
        capabilities = {
            "document_research: finds what the supplied documents say about the goal, with quotes",
            "web_search: searches the web for the questions of the goal and quotes the pages",
            "market_research: researches a market on the web: what sources say of its size and demand, shared themes",
            "competitor_analysis: finds who competes on the web: hosts by the searches they appear in",
            "trend_analysis: counts dated news by month and says whether a topic rises or falls",
            "product_research: finds products on the web with their prices: median and range by currency"
        },
        tools = {"serpapi.search", "web.read"})
public final class ResearchAgent implements Agent {

    @ObjectClassDefinition(name = "Research agent", description = "What documents and the web say")
    @interface Config {
        @AttributeDefinition(description = "Passages quoted for one question at most")
        int passages() default 3;

        @AttributeDefinition(description = "Documents read for one task at most")
        int documents() default 50;

        @AttributeDefinition(description = "Searches made for one task at most")
        int searches() default 4;

        @AttributeDefinition(description = "Pages read for one task at most; 0 reads none")
        int pages() default 5;

        @AttributeDefinition(description = "Characters read of one page at most, 100 to 100000")
        int page_characters() default 20000;

        @AttributeDefinition(description = "Sources named for one task at most")
        int sources() default 10;

        @AttributeDefinition(description = "Sources named at most by competitor_analysis")
        int competitor_sources() default 15;

        @AttributeDefinition(description = "Sources named at most by market_research")
        int market_sources() default 20;

        @AttributeDefinition(description = "Dated results that trend_analysis needs at least to tell a direction")
        int trend_results() default 8;

        @AttributeDefinition(
                description =
                        "What a model is told before it answers from sources; what it writes must keep the built-in form. "
                                + "Empty: the built-in words")
        String prompt_answer() default "";
    }

    private final int passages;
    private final int documents;
    private final Reasoning reasoning;
    private final WebResearch web;

    @Activate
    public ResearchAgent(Config config) {
        passages = config.passages();
        documents = config.documents();
        reasoning = new Reasoning(config.prompt_answer());
        web = new WebResearch(
                new Bounds(
                        config.searches(),
                        config.pages(),
                        config.page_characters(),
                        config.sources(),
                        config.competitor_sources(),
                        config.market_sources(),
                        config.trend_results()),
                reasoning);
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        Optional<Skill> skill = Skill.named(task.action());
        if (skill.isPresent()) {
            return onTheWeb(skill.get(), task, context);
        }
        if (!task.action().isEmpty() && !task.action().equals("document_research")) {
            return new Outcome.Failed("research has no action " + task.action(), false);
        }
        return inDocuments(task, context);
    }

    /** What the web says, and what documents say where the step asks for them, too: alone when nobody can search. */
    private Outcome onTheWeb(Skill skill, Task task, AgentContext context) {
        Outcome found = web.on(skill, task, context);
        if (!Boolean.TRUE.equals(task.input().get("documents"))) {
            return found;
        }
        if (!(inDocuments(task, context) instanceof Outcome.Done documents)) {
            return found;
        }
        List<Report.Section> sections = new ArrayList<>();
        Map<String, Object> data = new LinkedHashMap<>();
        if (found instanceof Outcome.Done done) {
            data.putAll(done.data());
            data.put("documents", documents.data());
            sections.addAll(done.report().sections());
        } else if (found instanceof Outcome.Declined declined) {
            data.putAll(documents.data());
            data.put("web", Map.of("missing", declined.missing()));
            sections.add(notSearched(declined));
        } else {
            return found;
        }
        sections.addAll(documents.report().sections());
        return new Outcome.Done(data, new Report(List.copyOf(sections)));
    }

    private static Report.Section notSearched(Outcome.Declined declined) {
        return new Report.Section(
                "The web was not searched",
                List.of(new Report.Advice(
                        "Supply " + String.join("; ", declined.missing()),
                        "only the documents of the business were read",
                        List.of(new Source.Formula("what the tools answered")))));
    }

    private Outcome inDocuments(Task task, AgentContext context) {
        Optional<BusinessData> business = context.business();
        List<Document> found = business.map(BusinessData::documents).orElse(List.of()).stream()
                .filter(document ->
                        task.documents().isEmpty() || task.documents().contains(document.id()))
                .limit(documents)
                .toList();
        boolean thinks = context.canChat();
        if (found.isEmpty() && !(thinks && task.action().isEmpty())) {
            return new Outcome.Declined(List.of("documents: add them to the business, or name some with the goal"));
        }
        List<Passage> all = new ArrayList<>();
        business.ifPresent(
                data -> found.forEach(document -> all.addAll(Passage.of(document, data.text(document.id())))));
        List<Report.Section> sections = new ArrayList<>();
        Map<String, Object> data = new LinkedHashMap<>();
        Set<Passage> quoted = quoted(task, all, context, sections, data);
        data.put("documents", found.stream().map(Document::name).toList());
        if (thinks) {
            Reasoning.Concluded concluded = reasoning.on(task.goal(), List.copyOf(quoted), context);
            if (all.isEmpty() && concluded.ended().isPresent()) {
                Inquired.Ended ended = concluded.ended().get();
                return new Outcome.Failed(ended.reason(), ended.retriable());
            }
            sections.add(0, concluded.section());
            concluded.text().ifPresent(text -> data.put("answer", text));
        }
        Warnings.of(all, "Documents that give orders").ifPresent(sections::add);
        return new Outcome.Done(data, new Report(sections));
    }

    /** The passages for each question of the goal, into the report and the findings. */
    private Set<Passage> quoted(
            Task task,
            List<Passage> all,
            AgentContext context,
            List<Report.Section> sections,
            Map<String, Object> data) {
        List<Map<String, Object>> findings = new ArrayList<>();
        Set<Passage> quoted = new LinkedHashSet<>();
        data.put("findings", findings);
        if (task.action().isEmpty() && all.isEmpty()) {
            return quoted;
        }
        Ranking ranking = Ranking.of(all, context);
        for (String question : Questions.in(task.goal())) {
            List<Passage> best = ranking.best(question, passages);
            sections.add(section(question, best));
            best.forEach(passage -> findings.add(finding(question, passage)));
            quoted.addAll(best);
        }
        return quoted;
    }

    private static Report.Section section(String question, List<Passage> best) {
        List<Report.Block> blocks = new ArrayList<>();
        best.forEach(passage -> blocks.add(
                new Report.Text(passage.document().name() + ": “" + passage.text() + "”", List.of(passage.source()))));
        if (blocks.isEmpty()) {
            blocks.add(new Report.Text(
                    "The documents say nothing about this.",
                    List.of(new Source.Formula("no passage shares its words"))));
        }
        return new Report.Section("Documents on: " + question, blocks);
    }

    private static Map<String, Object> finding(String question, Passage passage) {
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("question", question);
        finding.put("document", passage.document().name());
        finding.put("quote", passage.text());
        return finding;
    }
}
