/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.signals;

import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.signals.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue and the thread of one sink. */
final class Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final int LOOKS = 10;

    private final String name;
    private final Plugs plugs;
    private final int batch;
    private final int lingerMillis;
    private final ArrayBlockingQueue<Signal> queue;
    private final Thread thread;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean failing;
    private volatile boolean closed;

    Outlet(String name, Plugs plugs, SignalRouter.Config config) {
        this.name = name;
        this.plugs = plugs;
        batch = config.batch();
        lingerMillis = config.linger_millis();
        queue = new ArrayBlockingQueue<>(config.queue());
        thread = new Thread(this::deliver, "king-signals-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Never blocks: a full queue loses its oldest. */
    void offer(Signal signal) {
        while (!queue.offer(signal)) {
            if (queue.poll() != null) {
                lost.incrementAndGet();
            }
        }
    }

    Signals.Sink state() {
        return new Signals.Sink(name, delivered.get(), lost.get(), failing);
    }

    void close() {
        closed = true;
        thread.interrupt();
    }

    private void deliver() {
        List<Signal> next = new ArrayList<>(batch);
        while (!closed) {
            try {
                next.clear();
                next.add(queue.take());
                collect(next);
                give(List.copyOf(next));
            } catch (InterruptedException e) {
                // Only close interrupts; a sink that leaves the flag set must not end its own delivery.
                if (closed) {
                    return;
                }
            }
        }
    }

    /** Looks every tenth of the time: to be woken by each signal costs more than the signals themselves. */
    private void collect(List<Signal> next) throws InterruptedException {
        long linger = TimeUnit.MILLISECONDS.toNanos(lingerMillis);
        long until = System.nanoTime() + linger;
        queue.drainTo(next, batch - next.size());
        for (long left = linger; left > 0 && next.size() < batch; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, linger / LOOKS));
            queue.drainTo(next, batch - next.size());
        }
    }

    private void give(List<Signal> signals) {
        try (Lease<MonitoringSink> lease = plugs.lease(MonitoringSink.class, name, RouteKey.of(name))) {
            try {
                lease.plug().accept(signals);
                delivered.addAndGet(signals.size());
                failing = false;
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                lease.failed();
                fail(signals.size(), e.toString());
            }
        } catch (NoSuchPlug e) {
            fail(signals.size(), "no sink of this name takes signals");
        }
    }

    /** One line when it begins to fail: the throwable itself would pin the sink's class loader in a log buffer. */
    private void fail(int signals, String reason) {
        lost.addAndGet(signals);
        if (!failing) {
            failing = true;
            LOG.warn("sink {} loses signals: {}", name, reason);
        }
    }
}
