/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.events;

import ai.king.cluster.Broadcast;
import ai.king.store.Event;
import ai.king.store.Outbox;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to one client. Frames wait in a bounded queue until the connection takes them; no thread waits. Past events
 * are fetched page by page as fast as the client reads, then new ones come by themselves; a client that cannot keep up
 * with those is cut off and resumes from the last frame it saw.
 */
final class Line implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final int QUEUE = 512;
    private static final int PAGE = 200;

    /** Where events come from. */
    record Source(Broadcast broadcast, Outbox outbox, Executor executor) {}

    /** How an event looks on this line; null leaves it out. */
    interface Look {
        byte @Nullable [] frame(Event event);

        /** Whether this event is the last one of the line. */
        boolean last(Event event);
    }

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Source source;
    private final Set<String> channels;
    private final Look look;
    private final Consumer<Line> onClose;

    private final Deque<byte[]> queue = new ArrayDeque<>();
    private long position;
    private boolean writable;
    private boolean unflushed;
    private boolean fetching;
    private boolean live;
    private boolean ending;
    private boolean closed;
    private @Nullable AutoCloseable subscription;

    Line(
            AsyncContext async,
            ServletOutputStream out,
            Source source,
            Set<String> channels,
            long after,
            Look look,
            Consumer<Line> onClose) {
        this.async = async;
        this.out = out;
        this.source = source;
        this.channels = channels;
        this.position = after;
        this.look = look;
        this.onClose = onClose;
    }

    /** Begins; the first frames go out before anything that is fetched. */
    void open(List<byte[]> first, boolean andEnd) {
        synchronized (this) {
            queue.add(Frames.RETRY);
            queue.addAll(first);
            ending = andEnd;
        }
        async.addListener(this);
        out.setWriteListener(this);
    }

    /** Adds a comment where the line is idle. */
    synchronized void keepAlive() {
        if (queue.isEmpty() && !ending) {
            queue.add(Frames.KEEP_ALIVE);
            pump();
        }
    }

    @Override
    public synchronized void onWritePossible() {
        writable = true;
        pump();
    }

    private void pump() {
        if (!writable || closed) {
            return;
        }
        try {
            while (!closed && out.isReady()) {
                byte[] next = queue.poll();
                if (next != null) {
                    out.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    drained();
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("a client went away: {}", e.toString());
            close();
        }
    }

    private void drained() {
        if (ending) {
            close();
        } else if (!live && !fetching) {
            fetching = true;
            run(this::fetch);
        }
    }

    /** Brings the next page of past events; after the last one the new ones are subscribed to. */
    private void fetch() {
        try {
            List<Event> page = source.outbox().after(position, PAGE);
            for (Event event : page) {
                if (event.channels().stream().anyMatch(channels::contains)) {
                    take(event);
                }
            }
            synchronized (this) {
                position = page.isEmpty() ? position : page.get(page.size() - 1).position();
                fetching = false;
                live = page.size() < PAGE && !ending && !closed;
            }
            if (live) {
                subscribe();
            }
            onWritePossible();
        } catch (RuntimeException e) {
            LOG.warn("past events could not be read, the client has to come again: {}", e.toString());
            close();
        }
    }

    private void subscribe() {
        AutoCloseable opened = source.broadcast().subscribe(channels, position, this::take);
        boolean late;
        synchronized (this) {
            subscription = opened;
            late = closed;
        }
        if (late) {
            unsubscribe(opened);
        }
    }

    private synchronized void take(Event event) {
        if (closed || ending) {
            return;
        }
        byte[] frame = look.frame(event);
        if (frame == null) {
            return;
        }
        if (queue.size() >= QUEUE) {
            LOG.debug("a client is too slow for its events and is cut off");
            close();
            return;
        }
        queue.add(frame);
        ending = look.last(event);
        pump();
    }

    /** Ends the line; a second call does nothing. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        queue.clear();
        AutoCloseable opened = subscription;
        if (opened != null) {
            run(() -> unsubscribe(opened));
        }
        run(() -> {
            try {
                async.complete();
            } catch (IllegalStateException e) {
                LOG.debug("the request had ended before: {}", e.toString());
            }
        });
        onClose.accept(this);
    }

    /** Not on this thread: the engine that calls {@link #take} may hold a lock of its own. */
    private void run(Runnable task) {
        try {
            source.executor().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private static void unsubscribe(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception e) {
            LOG.warn("a subscription did not end well: {}", e.toString());
        }
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nothing is started a second time.
    }
}
