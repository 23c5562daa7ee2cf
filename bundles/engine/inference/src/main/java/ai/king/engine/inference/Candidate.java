/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.BackendStatus;
import ai.king.plug.Generation;
import java.util.Comparator;

/** A backend that could take a call: the generation that serves most, and what it says of itself. */
record Candidate(Generation generation, BackendStatus status) {

    /** The order for most calls: the cheapest, then the least busy. */
    static final Comparator<Candidate> BY_COST = Comparator.comparingDouble(Candidate::cost)
            .thenComparingDouble(candidate -> candidate.status().load().orElse(0))
            .thenComparing(Candidate::name);

    /** The order where much is at stake: the high tier, then the best of the others. */
    static final Comparator<Candidate> BY_TIER =
            Comparator.comparing((Candidate candidate) -> !candidate.high()).thenComparing(BY_COST);

    String name() {
        return generation.name();
    }

    String provider() {
        return generation
                .properties()
                .getOrDefault("king.backend.provider", name())
                .toString();
    }

    private boolean high() {
        return "high".equals(generation.properties().get("king.backend.tier"));
    }

    /** What runs in house names no cost; a configuration file names it as text. */
    private double cost() {
        Object cost = generation.properties().get("king.backend.cost");
        try {
            return cost == null ? 0 : Double.parseDouble(cost.toString());
        } catch (NumberFormatException e) {
            return Double.MAX_VALUE;
        }
    }
}
