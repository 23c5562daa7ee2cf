/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.content.Questions;
import ai.king.engine.evolution.node.Reconciler;
import ai.king.store.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of this node that takes proposals on: looks again and again, and at once when it is woken. */
final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final long GOODBYE_MILLIS = 10_000;

    private final Validation validation;
    private final Trials trials;
    private final Reconciler reconciler;
    private final NewerDistribution distribution;
    private final NewerPlaybooks playbooks;
    private final Questions questions;
    private final History history;
    private final Duration poll;
    private final Thread thread = new Thread(this::run, "king-evolution");
    private volatile BooleanSupplier paused = () -> false;
    private volatile boolean stopped;

    Rounds(
            Validation validation,
            Trials trials,
            Reconciler reconciler,
            NewerDistribution distribution,
            NewerPlaybooks playbooks,
            Questions questions,
            History history,
            Duration poll) {
        this.validation = validation;
        this.trials = trials;
        this.reconciler = reconciler;
        this.distribution = distribution;
        this.playbooks = playbooks;
        this.questions = questions;
        this.history = history;
        this.poll = poll;
    }

    /** @param whenPaused whether a person stopped the platform for now */
    void start(BooleanSupplier whenPaused) {
        paused = whenPaused;
        thread.start();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    void stop() throws InterruptedException {
        stopped = true;
        wake();
        thread.join(GOODBYE_MILLIS);
    }

    private void run() {
        String problem = "";
        boolean looked = false;
        boolean read = false;
        while (!stopped) {
            try {
                validation.tick(paused);
                trials.tick(paused);
                if (reconciler.state().release() > 0) {
                    // Both can wait, and a boot needs the processors for the release.
                    looked = looked || distribution.look();
                    read = read || questions.readsPlaybooks() && playbooks.look();
                    history.look();
                }
                problem = "";
            } catch (StoreUnavailable e) {
                problem = once(problem, "Proposals wait for the database: " + e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                problem = once(problem, "Proposals cannot go on: " + e);
            }
            LockSupport.parkNanos(this, poll.toNanos());
        }
    }

    private static String once(String before, String problem) {
        if (!problem.equals(before)) {
            LOG.warn("{}", problem);
        }
        return problem;
    }
}
