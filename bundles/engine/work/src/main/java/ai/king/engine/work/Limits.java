/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import java.time.Duration;

/**
 * How much at once and how long.
 *
 * @param goals goals worked on at once by this node
 * @param stepsPerGoal steps of one goal at once
 * @param steps steps beyond the first of each goal at once, over all goals of this node
 * @param stepDeadline when a step is interrupted
 * @param grace how long after that it is given up
 * @param backoff before the second try of a step; four times as long before the third
 * @param inputWait how long a step waits for input
 * @param heartbeat how often a node says that it is at a goal; after four missed ones another takes it
 * @param poll how soon a node sees what another one woke
 */
record Limits(
        int goals,
        int stepsPerGoal,
        int steps,
        Duration stepDeadline,
        Duration grace,
        Duration backoff,
        Duration inputWait,
        Duration heartbeat,
        Duration poll) {

    /** Tries of a step in all. */
    static final int TRIES = 3;

    /** Threads of the scheduler, those for jobs among them; no more goals are worked on at once, however they came. */
    int places() {
        return goals + 4;
    }

    static Limits standard() {
        return new Limits(
                16,
                4,
                16,
                Duration.ofMinutes(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofDays(7),
                Duration.ofSeconds(2),
                Duration.ofMillis(500));
    }
}
