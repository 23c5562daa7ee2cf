/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agents.Agents.Performed;
import ai.king.agents.Rehearsals;
import ai.king.work.Journal.Fenced;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * One performance of a recording by one version.
 *
 * @param outcome how it ended; a failure with the reason where it asked for what was not recorded
 * @param unrecorded what that was; empty when it asked for nothing else
 * @param carries whether that held words of the task
 * @param notes how often it said something to those who follow it
 * @param changed whether it read records that are others than they were
 * @param attributes of what it would have remembered
 */
record Take(
        Outcome outcome,
        String unrecorded,
        boolean carries,
        int notes,
        boolean changed,
        long micros,
        int calls,
        long tokens,
        SortedMap<String, BigDecimal> cost,
        SortedSet<String> attributes) {

    static Take of(Rehearsals rehearsals, Agent agent, Recording recording, Duration deadline) {
        ReplayJournal journal = new ReplayJournal(recording);
        long start = System.nanoTime();
        Outcome outcome;
        try {
            Performed performed = rehearsals.rehearse(agent, recording.task(), journal, deadline);
            outcome = performed instanceof Performed.Ended ended
                    ? ended.outcome()
                    : new Outcome.Failed("it did not come to an end: " + performed, false);
        } catch (Fenced e) {
            outcome = new Outcome.Failed(String.valueOf(e.getMessage()), false);
        }
        return new Take(
                outcome,
                journal.unrecorded(),
                journal.carries(),
                journal.notes(),
                journal.changed(),
                (System.nanoTime() - start) / 1_000,
                journal.answered(),
                journal.tokens(),
                journal.cost(),
                journal.attributes());
    }

    boolean failed() {
        return outcome instanceof Outcome.Failed;
    }
}
