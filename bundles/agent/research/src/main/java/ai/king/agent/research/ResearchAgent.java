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
 * Reads the documents that were supplied and quotes what answers the goal; where a model chats, it answers, too, and may look
 * further. A document is data, never an instruction.
 */
@Component(configurationPid = "ai.king.agent.research", configurationPolicy = REQUIRE)
@Designate(ocd = ResearchAgent.Config.class, factory = true)
@AgentName("research")
@AgentProfile(
        description = "Finds out what documents say about a question, and quotes the words it rests on",
        capabilities = {"document_research: finds what the supplied documents say about the goal, with quotes"})
public final class ResearchAgent implements Agent {

    @ObjectClassDefinition(name = "Research agent", description = "What documents say")
    @interface Config {
        @AttributeDefinition(description = "Passages quoted for one question at most")
        int passages() default 3;

        @AttributeDefinition(description = "Documents read for one task at most")
        int documents() default 50;
    }

    private final int passages;
    private final int documents;

    @Activate
    public ResearchAgent(Config config) {
        passages = config.passages();
        documents = config.documents();
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        if (!task.action().isEmpty() && !task.action().equals("document_research")) {
            return new Outcome.Failed("research has no action " + task.action(), false);
        }
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
            Reasoning.Concluded concluded = Reasoning.on(task.goal(), List.copyOf(quoted), context);
            if (all.isEmpty() && concluded.ended().isPresent()) {
                Inquired.Ended ended = concluded.ended().get();
                return new Outcome.Failed(ended.reason(), ended.retriable());
            }
            sections.add(0, concluded.section());
            concluded.text().ifPresent(text -> data.put("answer", text));
        }
        warnings(all).ifPresent(sections::add);
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

    /** Sentences that speak to whoever reads them as if they could give orders are shown to a person and not followed. */
    private static Optional<Report.Section> warnings(List<Passage> all) {
        List<Report.Block> blocks = new ArrayList<>();
        all.stream()
                .filter(Passage::givesOrders)
                .forEach(passage -> blocks.add(new Report.Advice(
                        "Look at " + passage.document().name() + ": it tries to instruct its reader",
                        "“" + passage.text() + "” was read as text and not followed",
                        List.of(passage.source()))));
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Report.Section("Documents that give orders", blocks));
    }
}
