/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import ai.king.plug.Generation;
import ai.king.plug.Lease;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A lease that is out. After it was closed it holds nothing of the plug, and says so to whoever asks. */
final class HeldLease<T> implements Lease<T> {

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<HeldLease> STATE =
            AtomicIntegerFieldUpdater.newUpdater(HeldLease.class, "state");

    private static final int OPEN = 0;
    private static final int FAILED = 1;
    private static final int CLOSED = 2;

    private final Class<T> type;
    private final Generation generation;
    private final long started = System.nanoTime();
    private volatile @Nullable Instance instance;
    private volatile int state;

    HeldLease(Class<T> type, Instance instance) {
        this.type = type;
        this.generation = instance.generation();
        this.instance = instance;
    }

    @Override
    public T plug() {
        Instance held = instance;
        if (held == null) {
            throw new IllegalStateException("the lease of " + generation.type() + " " + generation.name()
                    + " was returned; nothing of the plug may be used any more");
        }
        return type.cast(held.plug());
    }

    @Override
    public Generation generation() {
        return generation;
    }

    @Override
    public void failed() {
        STATE.compareAndSet(this, OPEN, FAILED);
    }

    @Override
    public void close() {
        int before = STATE.getAndSet(this, CLOSED);
        Instance held = instance;
        if (before == CLOSED || held == null) {
            return;
        }
        instance = null;
        held.release(started, System.nanoTime() - started, before == FAILED);
    }
}
