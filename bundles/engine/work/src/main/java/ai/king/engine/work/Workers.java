/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for steps. Every goal may always run one step; what it runs beside that shares a bounded number of places, given
 * in the order of asking, so that no wide plan starves another goal.
 */
final class Workers {

    private final ExecutorService threads;
    private final Semaphore places;

    Workers(int besides) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "king-step-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        places = new Semaphore(besides, true);
    }

    /** Takes a place beside the first step; false when all are taken. */
    boolean takePlace() {
        return places.tryAcquire();
    }

    void givePlace() {
        places.release();
    }

    void run(Runnable step) {
        threads.execute(step);
    }

    /** Waits for what runs, then lets go of it: an interrupt could hit a thread inside the database. */
    void close(Duration atMost) {
        threads.shutdown();
        try {
            threads.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
