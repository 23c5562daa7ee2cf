/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import ai.king.store.Event;
import ai.king.store.Outbox;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener with its own place in the outbox and its own thread, so that a slow one holds up nobody else. */
final class Subscription implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final int BATCH = 200;
    /** Further back than this behind the newest, a listener that once had caught up is given up. */
    private static final long BEHIND = 20_000;

    private final Outbox outbox;
    private final Tail tail;
    private final Set<String> channels;
    private final Consumer<Event> listener;
    private final Consumer<Subscription> ended;
    private final Thread thread = new Thread(this::run, "king-cluster-subscriber");
    private volatile boolean closed;
    private boolean current;
    private long position;

    Subscription(
            Outbox outbox,
            Tail tail,
            Set<String> channels,
            long after,
            Consumer<Event> listener,
            Consumer<Subscription> ended) {
        this.outbox = outbox;
        this.tail = tail;
        this.channels = channels;
        this.position = after;
        this.listener = listener;
        this.ended = ended;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                deliver(next());
                if (current && tail.last() - position > BEHIND) {
                    LOG.warn("A listener of {} fell {} events behind and is closed", channels, tail.last() - position);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.info("A listener of {} is closed: {}", channels, e.toString());
            }
        } finally {
            closed = true;
            ended.accept(this);
        }
    }

    private List<Event> next() throws InterruptedException {
        Optional<List<Event>> newest = tail.after(position);
        if (newest.isPresent()) {
            current = true;
            return newest.get();
        }
        List<Event> past = outbox.after(position, BATCH);
        if (past.isEmpty()) {
            // What stood between is no longer kept.
            position = tail.last();
        }
        return past;
    }

    private void deliver(List<Event> events) {
        for (Event event : events) {
            if (closed) {
                return;
            }
            if (!Collections.disjoint(channels, event.channels())) {
                listener.accept(event);
            }
            position = event.position();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }
}
