/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import ai.king.store.Event;
import ai.king.store.Outbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest events in memory, read once for all subscribers of this node. */
final class Tail {

    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final int KEPT = 2000;
    private static final int BATCH = 500;
    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final Deque<Event> latest = new ArrayDeque<>();
    private final Thread thread = new Thread(this::follow, "king-cluster-tail");
    /** Everything after this position is in memory. */
    private long from = Long.MAX_VALUE;

    private long last;
    private boolean closed;

    Tail(Outbox outbox) {
        this.outbox = outbox;
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        boolean troubled = false;
        try {
            while (!closed()) {
                try {
                    step();
                    if (troubled) {
                        LOG.info("Events come again");
                        troubled = false;
                    }
                } catch (RuntimeException e) {
                    if (!troubled) {
                        LOG.warn("Events cannot be read now, going on trying: {}", e.toString());
                        troubled = true;
                    }
                    Thread.sleep(RETRY.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        if (from() == Long.MAX_VALUE) {
            begin(outbox.last());
        }
        long position = last();
        if (outbox.await(position, LOOK)) {
            add(outbox.after(position, BATCH));
        }
    }

    private synchronized void begin(long position) {
        from = position;
        last = position;
        notifyAll();
    }

    private synchronized void add(List<Event> events) {
        for (Event event : events) {
            latest.addLast(event);
            last = event.position();
            if (latest.size() > KEPT) {
                from = latest.removeFirst().position();
            }
        }
        notifyAll();
    }

    private synchronized long from() {
        return from;
    }

    /** The last position read. */
    synchronized long last() {
        return last;
    }

    private synchronized boolean closed() {
        return closed;
    }

    /**
     * Waits for events after a position and answers them; none when it is closed. An empty answer says that they are older
     * than what is in memory.
     */
    synchronized Optional<List<Event>> after(long position) throws InterruptedException {
        while (!closed && (from == Long.MAX_VALUE || (position >= from && last <= position))) {
            wait();
        }
        if (closed) {
            return Optional.of(List.of());
        }
        return position < from
                ? Optional.empty()
                : Optional.of(
                        latest.stream().filter(e -> e.position() > position).toList());
    }

    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }
}
