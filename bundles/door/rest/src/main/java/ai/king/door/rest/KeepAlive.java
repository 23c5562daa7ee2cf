/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Reminds streams to show that they are still there: what is between them and a client cuts what is silent. */
final class KeepAlive implements AutoCloseable {

    static final Duration USUAL = Duration.ofSeconds(15);

    private final long millis;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "king-rest-timer");
        thread.setDaemon(true);
        return thread;
    });

    KeepAlive(Duration distance) {
        millis = distance.toMillis();
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Calls until the answer is cancelled. */
    Future<?> each(Runnable reminder) {
        return timer.scheduleWithFixedDelay(reminder, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
