/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.jail.host.wire.Frame;
import ai.king.jail.host.wire.Frame.Answer;
import ai.king.jail.host.wire.Line;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that are open at one running host, told apart by number. The thread that made a call also answers the
 * agent's questions, so a context is used by its own thread only.
 */
final class Connection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** How long an agent may go on after an interrupt before its host is given up. */
    private static final long GRACE_MILLIS = 5_000;

    private static final long START_SECONDS = 60;

    /** A call has at most one question open, and one end. */
    private static final int MOST_WAITING = 2;

    private final Cell cell;
    private final Line line;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, BlockingQueue<Frame>> calls = new ConcurrentHashMap<>();
    private final CompletableFuture<Frame> greeting = new CompletableFuture<>();
    private final AtomicInteger holders = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable afterwards;
    private volatile boolean open = true;

    /** @param afterwards runs once, when the host is gone */
    Connection(Cell cell, Line line, Runnable afterwards) {
        this.cell = cell;
        this.line = line;
        this.afterwards = afterwards;
        Thread reader = new Thread(this::read, "king-jail-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Sends the first frame and waits until the agent is there; the text says why it is not. */
    @Nullable
    String start(Frame.Serve serve) throws IOException, InterruptedException {
        line.send(serve);
        try {
            Frame answer = greeting.get(START_SECONDS, TimeUnit.SECONDS);
            return answer instanceof Frame.Unfit unfit ? unfit.reason() : null;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the agent's host did not start: " + cell.epitaph(), e);
        }
    }

    /** Whether new calls may be made. */
    boolean open() {
        return open && cell.alive();
    }

    /** Says that a call will come; {@link #release} belongs to it. */
    void hold() {
        holders.incrementAndGet();
    }

    /** The last one to leave a connection that takes no more calls closes it. */
    void release() {
        if (holders.decrementAndGet() == 0 && !open()) {
            close();
        }
    }

    /** Whether calls are going on or about to come. */
    boolean held() {
        return holders.get() > 0;
    }

    private void read() {
        try {
            while (true) {
                Frame frame = line.receive();
                if (frame instanceof Frame.Asked asked) {
                    deliver(asked.id(), asked);
                } else if (frame instanceof Frame.Performed performed) {
                    deliver(performed.id(), performed);
                } else if (!(frame instanceof Frame.Ready || frame instanceof Frame.Unfit)
                        || !greeting.complete(frame)) {
                    throw new IOException("unexpected " + frame.getClass().getSimpleName());
                }
            }
        } catch (IOException e) {
            open = false;
            cell.end("its pipe ended: " + e.getMessage());
            greeting.completeExceptionally(e);
            // A call that registers after this sees that the connection is closed.
            calls.values().forEach(call -> call.add(new Frame.Unfit("ended")));
            if (!held()) {
                close();
            }
        }
    }

    private void deliver(long id, Frame frame) throws IOException {
        BlockingQueue<Frame> call = calls.get(id);
        // A frame of a call that was given up is late, not wrong.
        if (call != null) {
            if (call.size() >= MOST_WAITING) {
                throw new IOException("more than one question at a time");
            }
            call.add(frame);
        } else if (id > last.get() || id <= 0) {
            throw new IOException("a frame for a call that was never made");
        }
    }

    /** Performs the task over there; what the context throws passes through. */
    Outcome perform(Task task, AgentContext context) {
        long id = last.incrementAndGet();
        BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        calls.put(id, frames);
        boolean ended = false;
        try {
            if (!open) {
                return died();
            }
            if (!sent(id, task)) {
                ended = true;
                return new Outcome.Failed("the task holds what cannot cross to a jailed agent", false);
            }
            Outcome outcome = converse(id, frames, new Reception(context));
            ended = true;
            return outcome;
        } catch (IOException e) {
            return died();
        } finally {
            if (!ended && open) {
                cancel(id);
            }
            calls.remove(id);
        }
    }

    private boolean sent(long id, Task task) throws IOException {
        try {
            line.send(new Frame.Perform(id, task));
            return true;
        } catch (IllegalArgumentException e) {
            LOG.warn("task {} is not sent: {}", task.id(), e.getMessage());
            return false;
        }
    }

    private Outcome converse(long id, BlockingQueue<Frame> frames, Reception reception) throws IOException {
        while (true) {
            Frame frame;
            try {
                frame = frames.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return afterInterrupt(id, frames);
            }
            if (frame instanceof Frame.Performed performed) {
                return performed.outcome();
            } else if (frame instanceof Frame.Asked asked) {
                answer(id, reception.answer(asked.question()));
            } else {
                return died();
            }
        }
    }

    private void answer(long id, Answer answer) throws IOException {
        try {
            line.send(new Frame.Answered(id, answer));
        } catch (IllegalArgumentException e) {
            line.send(new Frame.Answered(id, new Answer.Wrong("the answer cannot cross: " + e.getMessage())));
        }
    }

    /** The agent has a moment to end as it likes; one that does not loses its host. */
    private Outcome afterInterrupt(long id, BlockingQueue<Frame> frames) {
        cancel(id);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        Thread.interrupted();
        try {
            while (true) {
                Frame frame = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (frame instanceof Frame.Performed performed) {
                    return performed.outcome();
                }
                if (!(frame instanceof Frame.Asked)) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            // A second interrupt: nobody has even that moment.
            open = false;
        } finally {
            Thread.currentThread().interrupt();
        }
        // The next call gets a new host; this one is ended with its last call.
        open = false;
        if (calls.size() <= 1) {
            cell.end("the agent went on after an interrupt");
        }
        return new Outcome.Failed(
                "the agent did not end within " + GRACE_MILLIS / 1000 + " s after an interrupt", true);
    }

    private void cancel(long id) {
        try {
            line.send(new Frame.Cancel(id));
        } catch (IOException e) {
            // Nobody is there to be interrupted.
            open = false;
        }
    }

    private Outcome died() {
        return new Outcome.Failed("the agent's host ended during the call: " + cell.epitaph(), true);
    }

    @Override
    public void close() {
        open = false;
        if (closed.compareAndSet(false, true)) {
            cell.close();
            afterwards.run();
        }
    }
}
