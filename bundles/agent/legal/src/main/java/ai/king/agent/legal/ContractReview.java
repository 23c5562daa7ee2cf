/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the clauses of contracts by their words, what is usual and absent, and rates the risk with its reasons. */
final class ContractReview {

    private static final int QUOTES = 3;
    private static final Source RATING = new Source.Formula(
            "HIGH when a clause of weight HIGH is there, MEDIUM when one of weight MEDIUM is there or a usual clause was not"
                    + " found, else LOW");

    private record Found(Clause clause, Paper paper, String quote) {}

    private record Reason(Clause.Level level, String text, Paper paper, String quote) {}

    private ContractReview() {}

    static Part of(List<Paper> papers) {
        List<Paper> contracts = papers.stream()
                .filter(paper -> !paper.isEmpty())
                .filter(paper -> paper.label()
                        .matches(".*\\b(terms|agreement|contract|nda|non-disclosure|terms of supply)\\b.*"))
                .toList();
        if (contracts.isEmpty()) {
            return new Part(Map.of(), List.of(), List.of("a contract or terms among the documents"));
        }
        List<Map<String, Object>> clauses = new ArrayList<>();
        List<Map<String, Object>> risks = new ArrayList<>();
        List<Report.Section> sections = new ArrayList<>();
        for (Paper paper : contracts) {
            List<Found> found = found(paper);
            List<String> absent = absent(found);
            List<Reason> reasons = reasons(paper, found, absent);
            Clause.Level rating = reasons.stream()
                    .map(Reason::level)
                    .max(Comparator.naturalOrder())
                    .orElse(Clause.Level.LOW);
            found.forEach(one -> clauses.add(clause(one)));
            risks.add(risk(paper, rating, reasons, absent));
            sections.add(section(paper, rating, found, reasons));
        }
        return new Part(
                Map.of("clauses", clauses, "risk", risks),
                sections,
                List.of("a lawyer: whether these clauses hold in law, before anything is signed, changed or ended"));
    }

    private static List<Found> found(Paper paper) {
        List<Found> found = new ArrayList<>();
        for (Clause clause : Clause.ALL) {
            paper.sentences().stream()
                    .filter(sentence -> clause.words().matcher(sentence).find())
                    .limit(QUOTES)
                    .forEach(sentence -> found.add(new Found(clause, paper, sentence)));
        }
        return found;
    }

    private static List<String> absent(List<Found> found) {
        return Clause.ALL.stream()
                .filter(Clause::expected)
                .filter(clause -> found.stream().noneMatch(one -> one.clause().equals(clause)))
                .map(Clause::name)
                .toList();
    }

    private static List<Reason> reasons(Paper paper, List<Found> found, List<String> absent) {
        List<Reason> reasons = new ArrayList<>();
        for (Found one : found) {
            one.clause()
                    .concern()
                    .ifPresent(concern -> reasons.add(new Reason(
                            concern.level(), one.clause().name() + ": " + concern.reason(), paper, one.quote())));
        }
        if (!absent.isEmpty()) {
            reasons.add(
                    new Reason(Clause.Level.MEDIUM, "not found: " + String.join(", ", absent), paper, paper.title()));
        }
        reasons.sort(Comparator.comparing(Reason::level).reversed());
        return reasons;
    }

    private static Map<String, Object> clause(Found one) {
        Map<String, Object> clause = new LinkedHashMap<>();
        clause.put("kind", one.clause().name());
        clause.put("document", one.paper().document().name());
        clause.put("quote", one.quote());
        return clause;
    }

    private static Map<String, Object> risk(
            Paper paper, Clause.Level rating, List<Reason> reasons, List<String> absent) {
        Map<String, Object> risk = new LinkedHashMap<>();
        risk.put("document", paper.document().name());
        risk.put("rating", rating.name());
        risk.put(
                "reasons",
                reasons.stream()
                        .map(reason -> Map.of(
                                "level", reason.level().name(), "reason", reason.text(), "quote", reason.quote()))
                        .toList());
        risk.put("notFound", absent);
        return risk;
    }

    private static Report.Section section(Paper paper, Clause.Level rating, List<Found> found, List<Reason> reasons) {
        List<Report.Block> blocks = new ArrayList<>();
        Set<Source> why = new LinkedHashSet<>();
        reasons.forEach(reason -> why.add(paper.quote(reason.quote())));
        why.add(RATING);
        blocks.add(new Report.Figure("Risk of " + paper.document().name(), rating.name(), "", List.copyOf(why)));
        blocks.add(new Report.Table(
                "Why",
                List.of("Weight", "Reason", "Words of the document"),
                reasons.stream()
                        .map(reason -> List.of(reason.level().name(), reason.text(), "“" + reason.quote() + "”"))
                        .toList(),
                List.copyOf(why)));
        if (!found.isEmpty()) {
            blocks.add(new Report.Table(
                    "Clauses",
                    List.of("Clause", "Words of the document"),
                    found.stream()
                            .map(one -> List.of(one.clause().name(), "“" + one.quote() + "”"))
                            .toList(),
                    found.stream()
                            .map(one -> paper.quote(one.quote()))
                            .distinct()
                            .toList()));
        }
        return new Report.Section("Contract: " + paper.title(), blocks);
    }
}
