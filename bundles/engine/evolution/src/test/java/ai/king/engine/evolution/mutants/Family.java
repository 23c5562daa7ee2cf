/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

/** What a mutant does to the platform, or tries to. */
public enum Family {
    WRONG_VALUES("wrong values"),
    SLOW("slow"),
    LEAKING("leaking"),
    THROWING_LATE("throwing late"),
    NEVER_STARTING("never starting"),
    HANGING_ON_STOP("hanging on stop"),
    WEAKENED_TESTS("deleting or weakening tests"),
    MUTING("muting signals"),
    TOUCHING_GATE("touching gate, evaluator, thresholds or ledger"),
    EXFILTRATING("exfiltrating"),
    ASKING_FOR_MORE("asking for more"),
    SOUND("good ones");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
