/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Scores texts against the checklists, from 100 downwards; a gap quotes the words nearest to it. */
final class Compliance {

    private static final List<String> NOT_ASSESSED = List.of("HIPAA", "SOC 2");
    private static final List<String> ALL = List.of("GDPR", "CCPA", "WCAG", "PCI", "HIPAA", "SOC 2");
    private static final Pattern CARDS =
            Point.pattern("\\b(card (number|data|detail|payment)|(credit|debit|payment) cards?|cvv|cvc)");

    private final int pass;
    private final List<Map<String, Object>> scores = new ArrayList<>();
    private final List<Map<String, Object>> gaps = new ArrayList<>();
    private final List<Report.Section> sections = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>();

    private Compliance(int pass) {
        this.pass = pass;
    }

    /** @param html the source of a page, for WCAG; empty when none came with the task */
    static Part of(List<Paper> papers, String html, Set<String> wanted, int pass) {
        Compliance compliance = new Compliance(pass);
        for (String framework : wanted.isEmpty() ? Set.copyOf(ALL) : wanted) {
            if (!ALL.contains(framework)) {
                compliance.missing.add("a checklist for " + framework + ": there are " + String.join(", ", ALL));
            }
        }
        ALL.stream()
                .filter(framework -> wanted.isEmpty() || wanted.contains(framework))
                .forEach(framework -> compliance.check(framework, papers, html));
        if (compliance.scores.isEmpty()) {
            return new Part(Map.of(), List.of(), List.copyOf(compliance.missing));
        }
        compliance.missing.add("a lawyer: whether these laws apply to the business, and what the gaps cost");
        return new Part(
                Map.of("compliance", compliance.scores, "gaps", compliance.gaps),
                compliance.sections,
                List.copyOf(compliance.missing));
    }

    /** GDPR from {@code gdpr}, SOC 2 from {@code soc2}: names as people write them. */
    static String framework(String name) {
        String upper = name.trim().toUpperCase(Locale.ROOT);
        return upper.startsWith("SOC") ? "SOC 2" : upper.startsWith("PCI") ? "PCI" : upper;
    }

    private void check(String framework, List<Paper> papers, String html) {
        if (NOT_ASSESSED.contains(framework)) {
            missing.add(framework + " is not assessed: it takes an auditor, no check of texts shows it");
        } else if (framework.equals("WCAG")) {
            accessibility(html);
        } else {
            Checklist checklist = framework.equals("GDPR")
                    ? Checklist.GDPR
                    : framework.equals("CCPA") ? Checklist.CCPA : Checklist.PCI;
            List<Paper> fit =
                    papers.stream().filter(paper -> fits(checklist, paper)).toList();
            if (fit.isEmpty()) {
                missing.add(framework + " is not assessed: " + checklist.needs() + " is missing");
            }
            fit.forEach(paper -> score(checklist, paper));
        }
    }

    private static boolean fits(Checklist checklist, Paper paper) {
        boolean cards = checklist == Checklist.PCI;
        return !paper.isEmpty()
                && (cards
                        ? paper.cardNumber() || paper.first(CARDS).isPresent()
                        : paper.label().matches(".*(privacy|data protection).*"));
    }

    private void score(Checklist checklist, Paper paper) {
        int score = 100;
        List<List<String>> rows = new ArrayList<>();
        Set<Source> sources = new LinkedHashSet<>();
        for (Checklist.Group group : checklist.groups()) {
            boolean number =
                    paper.cardNumber() && group == Checklist.PCI.groups().get(0);
            List<Point.Finding> findings =
                    group.points().stream().map(point -> point.in(paper)).toList();
            if (number || findings.stream().anyMatch(Point.Finding::open)) {
                score -= group.deduction();
            }
            if (number) {
                rows.add(List.of(
                        group.name(),
                        "PCI DSS 3",
                        "gap",
                        "a card number stands in the text; remove it",
                        "(not shown)"));
            }
            for (Point.Finding finding : findings) {
                if (finding.status() != Point.Status.NOT_ASKED) {
                    rows.add(row(group, finding));
                    sources.add(paper.quote(finding.quote()));
                }
                if (finding.open()) {
                    gaps.add(gap(checklist, paper, finding));
                }
            }
        }
        sources.add(formula(checklist));
        report(checklist.framework(), paper.document().name(), score, rows, List.copyOf(sources));
    }

    private static List<String> row(Checklist.Group group, Point.Finding finding) {
        String status =
                switch (finding.status()) {
                    case MET -> "said";
                    case UNCLEAR -> "unclear, a person must read it";
                    default -> "gap";
                };
        return List.of(
                group.name(), finding.point().law(), status, finding.point().missing(), "“" + finding.quote() + "”");
    }

    private static Map<String, Object> gap(Checklist checklist, Paper paper, Point.Finding finding) {
        Map<String, Object> gap = new LinkedHashMap<>();
        gap.put("framework", checklist.framework());
        gap.put("law", finding.point().law());
        gap.put("missing", finding.point().missing());
        gap.put("document", paper.document().name());
        gap.put("quote", finding.quote());
        return gap;
    }

    private Source formula(Checklist checklist) {
        List<String> parts = checklist.groups().stream()
                .map(group -> group.deduction() + " for " + group.name())
                .toList();
        return new Source.Formula("100 minus " + String.join(", ", parts)
                + ", each once when a point of it is open; passes from " + pass);
    }

    private void accessibility(String html) {
        if (html.isBlank()) {
            missing.add("WCAG is not assessed: the source of a page is missing (input html)");
            return;
        }
        List<WebPage.Barrier> barriers = WebPage.barriers(html);
        int score = 100 - barriers.stream().mapToInt(WebPage.Barrier::deduction).sum();
        List<List<String>> rows = new ArrayList<>();
        for (WebPage.Barrier barrier : barriers) {
            rows.add(List.of("page", barrier.law(), "gap", barrier.missing(), "“" + barrier.quote() + "”"));
            gaps.add(Map.of(
                    "framework", "WCAG",
                    "law", barrier.law(),
                    "missing", barrier.missing(),
                    "document", "input html",
                    "quote", barrier.quote()));
        }
        report(
                "WCAG",
                "input html",
                score,
                rows,
                List.of(new Source.Formula(
                        "100 minus 10 for images without a text, 15 for fields without a label, 10 for"
                                + " a page without a language, on the page that came with the task; passes from "
                                + pass)));
    }

    private void report(String framework, String document, int score, List<List<String>> rows, List<Source> sources) {
        boolean passed = score >= pass;
        scores.add(Map.of("framework", framework, "document", document, "score", score, "passed", passed));
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure(
                framework + (passed ? ", passed" : ", not passed"), Integer.toString(score), "of 100", sources));
        if (!rows.isEmpty()) {
            blocks.add(new Report.Table(
                    framework + " in " + document,
                    List.of("Group", "Law", "Text", "What is asked for", "Words of the document"),
                    rows,
                    sources));
        }
        sections.add(new Report.Section("Compliance: " + framework + ", " + document, blocks));
    }
}
