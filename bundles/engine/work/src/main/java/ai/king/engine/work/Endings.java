/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Outcome;
import ai.king.agents.Agents.Performed;
import ai.king.store.Tx;
import ai.king.work.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How a performance changes its step. */
final class Endings {

    private Endings() {}

    /**
     * The change to store; empty when the journal has stored it already (it asked, or a call's fate is unknown).
     *
     * @param fault what the performance threw, when it did not return
     */
    static Optional<Function<Tx, StepEdit>> of(
            StepJournal journal, Optional<Performed> performed, String fault, Limits limits) {
        Step step = journal.step();
        if (performed.isEmpty()) {
            return Optional.of(tx -> edit(journal).ended(Step.Status.FAILED, fault, tx.now()));
        }
        if (performed.get() instanceof Performed.Denied denied) {
            return Optional.of(tx -> edit(journal).ended(Step.Status.FAILED, denied.reason(), tx.now()));
        }
        if (!(performed.get() instanceof Performed.Ended ended)) {
            return Optional.empty();
        }
        return Optional.of(tx -> outcome(tx, journal, step, ended, limits));
    }

    private static StepEdit outcome(Tx tx, StepJournal journal, Step step, Performed.Ended ended, Limits limits) {
        StepEdit edit = edit(journal).version(ended.version());
        if (ended.outcome() instanceof Outcome.Done done) {
            return edit.completed(done.data(), done.report(), tx.now());
        }
        if (ended.outcome() instanceof Outcome.Declined declined) {
            List<String> missing = declined.missing().isEmpty()
                    ? List.of("something its agent " + step.agent() + " did not name")
                    : declined.missing();
            return edit.waitsForInput(missing, tx.now().plus(limits.inputWait()));
        }
        Outcome.Failed failed = (Outcome.Failed) ended.outcome();
        if (failed.retriable() && step.attempts() < Limits.TRIES - 1) {
            Duration wait = limits.backoff().multipliedBy(1L << 2 * step.attempts());
            return edit.retries(tx.now().plus(wait), failed.reason());
        }
        return edit.ended(Step.Status.FAILED, failed.reason(), tx.now());
    }

    private static StepEdit edit(StepJournal journal) {
        return journal.edit();
    }
}
