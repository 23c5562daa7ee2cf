/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.licence;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.check.Candidate;
import ai.king.engine.evolution.check.Check;
import ai.king.engine.evolution.jar.Carried;
import ai.king.engine.evolution.jar.Library;
import ai.king.engine.evolution.licence.Expression.Standing;
import ai.king.evolution.Finding.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;

/**
 * Under which licences a candidate and the libraries in it come: its manifest, the poms of the libraries, the licence texts. One
 * that is not on the list fails; one that cannot be told is not assessed, and both are named.
 */
public final class LicenceCheck implements Check {

    private static final int SHOWN = 30;

    private final List<String> allowed;
    private final String option;

    /**
     * @param allowed identifiers of SPDX
     * @param option where an admin allows one more
     */
    public LicenceCheck(List<String> allowed, String option) {
        this.allowed = List.copyOf(allowed);
        this.option = option;
    }

    @Override
    public String name() {
        return "licences";
    }

    @Override
    public Answer ask(Candidate candidate) {
        try {
            Sheet sheet = new Sheet();
            Carried carried = Carried.read(candidate.file(), candidate.jar());
            own(candidate, sheet);
            carried.libraries().forEach(library -> library(library, sheet));
            carried.texts().forEach((path, text) -> text(path, text, sheet));
            if (!carried.unsaid().isEmpty()) {
                sheet.add(
                        Standing.UNKNOWN,
                        "the packages " + carried.unsaidShown() + " come from no library that the jar names: "
                                + Carried.KEEP);
            }
            return sheet.answer();
        } catch (IOException | RuntimeException e) {
            return new Answer(Verdict.NOT_ASSESSED, "the jar cannot be read for licences: " + e.getMessage());
        }
    }

    private void own(Candidate candidate, Sheet sheet) {
        Clause[] clauses = Parser.parseHeader(candidate.jar().headers().get("Bundle-License"));
        if (clauses == null || clauses.length == 0) {
            sheet.add(
                    Standing.UNKNOWN,
                    "the plug names no licence of its own: say it in Bundle-License, as Bundle-License: Apache-2.0");
            return;
        }
        for (Clause clause : clauses) {
            named("the plug itself", clause.getName(), sheet);
        }
    }

    private void library(Library library, Sheet sheet) {
        if (library.licences().isEmpty()) {
            sheet.add(Standing.UNKNOWN, library + " names no licence in its own pom: look at its project");
        }
        // Of several licences of one library its user chooses.
        library.licences().stream()
                .map(licence -> judged(library.toString(), licence))
                .min((one, other) -> one.standing().compareTo(other.standing()))
                .ifPresent(line -> sheet.add(line.standing(), line.text()));
    }

    private void text(String path, String text, Sheet sheet) {
        Optional<String> found = Spdx.ofText(text);
        if (found.isPresent()) {
            named("the text " + path, found.get(), sheet);
        } else {
            sheet.add(Standing.UNKNOWN, "the text " + path + " is no licence that is known here: read it");
        }
    }

    private void named(String who, String licence, Sheet sheet) {
        Line line = judged(who, licence);
        sheet.add(line.standing(), line.text());
    }

    private Line judged(String who, String licence) {
        Standing direct = Expression.judge(licence, allowed);
        String told = direct == Standing.UNKNOWN ? Spdx.ofName(licence).orElse("") : licence;
        Standing standing = told.isEmpty() ? Standing.UNKNOWN : Expression.judge(told, allowed);
        String name = told.isEmpty() || told.equals(licence) ? licence : told + " (\"" + licence + "\")";
        return switch (standing) {
            case ALLOWED -> new Line(standing, who + ": " + name);
            case UNKNOWN -> new Line(standing, who + ": \"" + licence + "\" is no licence that is known here");
            case REFUSED -> new Line(
                    standing,
                    who + ": " + name + " is not allowed here: replace it, or let an admin add it to the option "
                            + option);
        };
    }

    private record Line(Standing standing, String text) {}

    /** The lines of the evidence, the worst first. */
    private static final class Sheet {
        private final List<Line> lines = new ArrayList<>();

        void add(Standing standing, String text) {
            lines.add(new Line(standing, text));
        }

        Answer answer() {
            Standing worst =
                    lines.stream().map(Line::standing).max(Standing::compareTo).orElse(Standing.UNKNOWN);
            List<String> shown = lines.stream()
                    .sorted((one, other) -> other.standing().compareTo(one.standing()))
                    .map(Line::text)
                    .distinct()
                    .toList();
            String text = String.join("\n", shown.subList(0, Math.min(SHOWN, shown.size())));
            String detail = shown.size() > SHOWN ? text + "\nand " + (shown.size() - SHOWN) + " more" : text;
            return switch (worst) {
                case ALLOWED -> new Answer(Verdict.PASS, detail);
                case UNKNOWN -> new Answer(Verdict.NOT_ASSESSED, detail);
                case REFUSED -> new Answer(Verdict.FAIL, detail);
            };
        }
    }
}
