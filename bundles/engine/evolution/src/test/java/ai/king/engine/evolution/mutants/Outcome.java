/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

/**
 * What became of a mutant.
 *
 * @param why it was stopped, as people read it
 */
record Outcome(Mutant mutant, Stop by, String why) {

    /** What stopped it. */
    enum Stop {
        CHECK,
        REPLAY,
        CANARY,
        NOTHING
    }
}
