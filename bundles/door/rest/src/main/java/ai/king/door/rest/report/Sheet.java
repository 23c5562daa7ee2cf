/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import ai.king.agent.Report;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report with what stands above it.
 *
 * @param goal the goal in the person's words
 * @param status where the goal stands
 * @param remarks what a reader must know first: steps that failed or wait, and why
 * @param files what the steps left as documents of the business
 * @param documents the address under which the documents of the business stand; empty where there is no business
 */
public record Sheet(
        String goalId,
        String goal,
        String status,
        @Nullable String business,
        Instant made,
        List<String> remarks,
        Report report,
        List<Artefact> files,
        String documents) {

    private static final int TITLE = 140;

    /** The goal's first sentence, shortened where it is long. */
    String title() {
        String first = firstSentence();
        return first.length() <= TITLE ? first : first.substring(0, TITLE - 1) + "…";
    }

    /** What the title leaves out; empty when it is the whole goal. */
    String details() {
        String first = firstSentence();
        return first.length() <= TITLE ? line().substring(first.length()).strip() : line();
    }

    private String firstSentence() {
        String line = line();
        int end = line.indexOf(". ");
        return end < 0 ? line : line.substring(0, end + 1);
    }

    private String line() {
        return goal.replaceAll("\\s+", " ").strip();
    }
}
