/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.check;

import ai.king.evolution.Finding.Verdict;
import java.util.List;

/**
 * What a check says.
 *
 * @param detail what a person needs to know: what to change and where
 */
public record Answer(Verdict verdict, String detail) {

    private static final int FAULTS_SHOWN = 10;

    public static Answer pass(String detail) {
        return new Answer(Verdict.PASS, detail);
    }

    public static Answer notAssessed(String detail) {
        return new Answer(Verdict.NOT_ASSESSED, detail);
    }

    /** PASS without a fault, else FAIL with the first of them. */
    public static Answer of(List<String> faults, String otherwise) {
        if (faults.isEmpty()) {
            return pass(otherwise);
        }
        String shown = String.join("; ", faults.subList(0, Math.min(FAULTS_SHOWN, faults.size())));
        int more = faults.size() - FAULTS_SHOWN;
        return new Answer(Verdict.FAIL, more > 0 ? shown + "; and " + more + " more" : shown);
    }
}
