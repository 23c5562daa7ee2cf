/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.AgentName;
import ai.king.agent.AgentProfile;
import ai.king.agent.BusinessData;
import ai.king.agent.Document;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Holds texts against checklists, reads contracts and drafts from templates; it quotes what it found and advises nobody. */
@Component(configurationPid = "ai.king.agent.legal", configurationPolicy = REQUIRE)
@Designate(ocd = LegalAgent.Config.class, factory = true)
@AgentName("legal")
@AgentProfile(
        description = "Checks policies and contracts, finds deadlines and drafts documents; no legal advice",
        tools = "contracts.advance",
        risk = "MEDIUM",
        capabilities = {
            "compliance: scores policies and pages against GDPR, CCPA, WCAG and PCI, with the gaps quoted",
            "contract_review: finds the clauses of contracts and rates their risk, with reasons",
            "deadlines: finds the dates and periods that documents set",
            "draft: fills a template of a legal document with variables",
            "contract: moves a contract to its next status, always by two people"
        })
public final class LegalAgent implements Agent {

    static final String DISCLAIMER =
            "This is a check of texts by their words and no legal advice; a lawyer decides what it means.";

    private static final Set<String> ACTIONS =
            Set.of("compliance", "contract_review", "deadlines", "draft", "contract");

    @ObjectClassDefinition(name = "Legal agent", description = "Checklists, contracts and drafts")
    @interface Config {
        @AttributeDefinition(description = "Score from which a compliance check passes, of 100")
        int pass() default 70;

        @AttributeDefinition(description = "Days ahead within which a date counts as near")
        int near_days() default 60;

        @AttributeDefinition(description = "Documents read for one task at most")
        int documents() default 50;

        @AttributeDefinition(
                description =
                        "What a model is told before it puts findings into plain words. Empty: the built-in words")
        String prompt_summary() default "";
    }

    private final int pass;
    private final int nearDays;
    private final int documents;
    private final String words;

    @Activate
    public LegalAgent(Config config) {
        pass = config.pass();
        nearDays = config.near_days();
        documents = config.documents();
        words = config.prompt_summary();
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        if (!task.action().isEmpty() && !ACTIONS.contains(task.action())) {
            return new Outcome.Failed("legal has no action " + task.action(), false);
        }
        return switch (task.action()) {
            case "draft" -> Drafting.draft(task, context.business());
            case "contract" -> Lifecycle.move(task, context);
            default -> check(task, context);
        };
    }

    private Outcome check(Task task, AgentContext context) {
        Set<String> missing = new LinkedHashSet<>();
        List<Paper> papers = papers(task, context.business(), missing);
        List<Part> parts = parts(task, context, papers);
        Map<String, Object> data = new LinkedHashMap<>();
        List<Report.Section> sections = new ArrayList<>();
        for (Part part : parts) {
            data.putAll(part.data());
            sections.addAll(part.sections());
            missing.addAll(part.missing());
        }
        if (data.isEmpty()) {
            return new Outcome.Declined(List.copyOf(missing));
        }
        Counsel.words(words, context, sections, papers).ifPresent(words -> sections.add(0, words));
        orders(papers).ifPresent(sections::add);
        sections.add(open(missing));
        sections.add(disclaimer());
        data.put(
                "documents",
                papers.stream().map(paper -> paper.document().name()).toList());
        data.put("missing", List.copyOf(missing));
        data.put("disclaimer", DISCLAIMER);
        return new Outcome.Done(data, new Report(List.copyOf(sections)));
    }

    private List<Part> parts(Task task, AgentContext context, List<Paper> papers) {
        List<Part> parts = new ArrayList<>();
        boolean all = task.action().isEmpty();
        if (all || task.action().equals("compliance")) {
            String html = String.valueOf(task.input().getOrDefault("html", ""));
            parts.add(Compliance.of(
                    papers,
                    html.substring(0, Math.min(html.length(), Paper.MOST_CHARACTERS)),
                    frameworks(task.input().get("frameworks")),
                    pass));
        }
        if (all || task.action().equals("contract_review")) {
            parts.add(ContractReview.of(papers));
        }
        if (all || task.action().equals("deadlines")) {
            parts.add(new Deadlines(context.now().atZone(ZoneOffset.UTC).toLocalDate(), nearDays).of(papers));
        }
        return parts;
    }

    private static Set<String> frameworks(@Nullable Object input) {
        Set<String> names = new LinkedHashSet<>();
        if (input instanceof Collection<?> many) {
            many.forEach(one -> names.add(Compliance.framework(String.valueOf(one))));
        } else if (input instanceof String text) {
            for (String one : text.split("[,;]")) {
                names.add(Compliance.framework(one));
            }
        }
        names.remove("");
        return names;
    }

    private List<Paper> papers(Task task, Optional<BusinessData> business, Set<String> missing) {
        List<Document> all = business.map(BusinessData::documents).orElse(List.of());
        task.documents().stream()
                .filter(id -> all.stream().noneMatch(document -> document.id().equals(id)))
                .forEach(id -> missing.add("document " + id));
        List<Document> wanted = all.stream()
                .filter(document ->
                        task.documents().isEmpty() || task.documents().contains(document.id()))
                .toList();
        if (wanted.isEmpty()) {
            missing.add("documents: add them to the business, or name some with the goal");
        }
        if (wanted.size() > documents) {
            missing.add((wanted.size() - documents) + " documents were not read: at most " + documents + " are");
        }
        List<Paper> papers = new ArrayList<>();
        for (Document document : wanted.stream().limit(documents).toList()) {
            String text = business.map(data -> data.text(document.id())).orElse("");
            Paper paper = Paper.of(document, text);
            papers.add(paper);
            if (paper.isEmpty()) {
                missing.add("text of " + document.name() + ": there is none that could be read");
            }
            if (text.length() > Paper.MOST_CHARACTERS) {
                missing.add("the end of " + document.name() + ": only its first " + Paper.MOST_CHARACTERS
                        + " characters were read");
            }
        }
        return papers;
    }

    /** Sentences that try to instruct their reader are shown to a person; they are no evidence and not followed. */
    private static Optional<Report.Section> orders(List<Paper> papers) {
        List<Report.Block> blocks = new ArrayList<>();
        for (Paper paper : papers) {
            paper.orders()
                    .forEach(order -> blocks.add(new Report.Advice(
                            "Look at " + paper.document().name() + ": it tries to instruct its reader",
                            "“" + order + "” was read as text, not followed and not counted",
                            List.of(paper.quote(order)))));
        }
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Report.Section("Documents that give orders", blocks));
    }

    private static Report.Section open(Set<String> missing) {
        List<Source> sources = List.of(new Source.Formula("what the skills of this agent cannot say"));
        return new Report.Section(
                "What is missing",
                missing.stream()
                        .<Report.Block>map(one -> new Report.Text(one, sources))
                        .toList());
    }

    static Report.Section disclaimer() {
        return new Report.Section(
                "No legal advice",
                List.of(new Report.Text(DISCLAIMER, List.of(new Source.Formula("holds for all this agent says")))));
    }
}
