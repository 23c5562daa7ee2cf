/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.work.Journal.Fenced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the answers of calls that no write of their step took along within a few milliseconds: an agent may work long after
 * a call, and until its answer is stored a death leaves open whether it happened.
 */
final class LateAnswers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LateAnswers.class);
    private static final Duration WAIT = Duration.ofMillis(5);
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final BlockingQueue<Optional<StepJournal>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "king-late-answers");

    LateAnswers() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Its answers are stored soon, if they are not before. */
    void store(StepJournal journal) {
        waiting.add(Optional.of(journal));
    }

    private void run() {
        boolean open = true;
        while (open) {
            List<Optional<StepJournal>> journals = new ArrayList<>();
            try {
                journals.add(waiting.take());
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(WAIT.toNanos());
            waiting.drainTo(journals);
            open = !journals.contains(Optional.<StepJournal>empty());
            journals.stream().flatMap(Optional::stream).distinct().forEach(LateAnswers::stored);
        }
    }

    private static void stored(StepJournal journal) {
        try {
            journal.storeAnswers();
        } catch (Fenced e) {
            LOG.debug(
                    "The answers of step {} are not this node's to store: {}",
                    journal.step().id(),
                    e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn(
                    "The answers of step {} wait for its next write: {}",
                    journal.step().id(),
                    e.toString());
        }
    }

    /** Stores what still waits, then ends; without an interrupt, which could hit the thread inside the database. */
    @Override
    public void close() {
        waiting.add(Optional.empty());
        try {
            thread.join(GOODBYE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
