/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import java.util.Optional;

/**
 * Counts boots that did not become ready, and remembers the trial that ran: after a crash the node knows what it was
 * doing. Both are gone after an orderly stop.
 */
final class Boots {

    private static final String COUNT = "boots";
    private static final String TRIAL = "trial";
    private static final int MOST = 3;

    private final DataFolder data;
    private final int unready;
    private final Optional<String> crashedTrial;
    private String trial = "";

    Boots(DataFolder data, boolean retry) {
        this.data = data;
        unready = retry
                ? 0
                : data.read(COUNT).map(text -> Integer.parseInt(text.trim())).orElse(0);
        crashedTrial = data.read(TRIAL).map(String::trim);
        trial = crashedTrial.orElse("");
        data.write(COUNT, Integer.toString(unready + 1));
    }

    /** Whether the last boots all failed: then this one runs without plugs. */
    boolean failing() {
        return unready >= MOST;
    }

    /** The proposal whose trial ran here when the node ended without an orderly stop. */
    Optional<String> crashedTrial() {
        return crashedTrial;
    }

    /** This boot is good. */
    void ready() {
        data.remove(COUNT);
    }

    /** Remembers which trial runs here from now on; empty for none. Written before anything of it starts. */
    void trial(String proposal) {
        if (proposal.equals(trial)) {
            return;
        }
        if (proposal.isEmpty()) {
            data.remove(TRIAL);
        } else {
            data.write(TRIAL, proposal);
        }
        trial = proposal;
    }

    /** The platform stops as it should. */
    void orderly(boolean applied) {
        if (applied) {
            data.remove(COUNT);
        }
        data.remove(TRIAL);
    }
}
