/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.advisory;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.check.Candidate;
import ai.king.engine.evolution.check.Check;
import ai.king.engine.evolution.jar.Carried;
import ai.king.engine.evolution.jar.Library;
import ai.king.evolution.Finding.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What Snyk knows of the libraries in a candidate. Sent are their coordinates and nothing else, never those of the plug. */
public final class SnykCheck implements Check {

    private static final int MOST = 50;
    private static final int SHOWN = 30;

    private final Snyk snyk;

    public SnykCheck(Snyk snyk) {
        this.snyk = snyk;
    }

    @Override
    public String name() {
        return "snyk";
    }

    @Override
    public Answer ask(Candidate candidate) {
        try {
            Carried carried = Carried.read(candidate.file(), candidate.jar());
            if (carried.nothing()) {
                return Answer.pass("it carries no library of others; nothing was asked");
            }
            return asked(carried);
        } catch (IOException | RuntimeException e) {
            return Answer.notAssessed("it cannot be looked up: " + e.getMessage());
        }
    }

    private Answer asked(Carried carried) {
        List<String> weak = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<Library> libraries = carried.libraries()
                .subList(0, Math.min(MOST, carried.libraries().size()));
        for (Library library : libraries) {
            Snyk.Said said = snyk.about(library);
            said.issues().forEach(issue -> weak.add(library + " has " + issue));
            said.trouble().ifPresent(trouble -> open.add(library + ": " + trouble));
            if (said.hopeless()) {
                break;
            }
        }
        if (carried.libraries().size() > MOST) {
            open.add(carried.libraries().size() - MOST + " of its libraries were not asked about: at most " + MOST);
        }
        if (!carried.unsaid().isEmpty()) {
            open.add(OsvCheck.unsaid(carried));
        }
        List<String> lines = new ArrayList<>(weak.subList(0, Math.min(SHOWN, weak.size())));
        if (weak.size() > SHOWN) {
            lines.add("and " + (weak.size() - SHOWN) + " more");
        }
        lines.addAll(open.subList(0, Math.min(SHOWN, open.size())));
        if (lines.isEmpty()) {
            lines.add("Snyk knows of nothing in " + OsvCheck.named(libraries));
        }
        Verdict verdict = !weak.isEmpty() ? Verdict.FAIL : open.isEmpty() ? Verdict.PASS : Verdict.NOT_ASSESSED;
        return new Answer(verdict, String.join("\n", lines));
    }
}
