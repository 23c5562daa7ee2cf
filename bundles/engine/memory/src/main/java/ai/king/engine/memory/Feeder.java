/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import ai.king.agents.Memories;
import ai.king.agents.Memory;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import ai.king.plug.Generation;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.store.Event;
import ai.king.store.Outbox;
import ai.king.store.Store;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one generation of a memory plug to what the store holds and keeps it there, by the events, on a thread of its own.
 * A generation that nobody asks yet is fed all the same: when its turn comes, it knows everything.
 */
final class Feeder {

    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** What is fed again after a crash is what it holds already. */
    private static final long MARK_CHANGED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long MARK_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int EVENTS = 500;
    private static final int LONGEST_REST_SECONDS = 30;
    /** Entries written here and not yet in the index; more than these are found a moment later. */
    private static final int AHEAD = 5_000;

    /** What every feeder works with. */
    record Sources(
            Store store,
            Outbox outbox,
            Plugs plugs,
            Shelf shelf,
            Embedder embedder,
            String node,
            java.util.function.BooleanSupplier first) {}

    private final Sources sources;
    private final Generation generation;
    private final Marker marker;
    private final Intake intake;
    private final Map<String, Memory> ahead = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean main;
    private volatile boolean current;
    private volatile long position;
    private volatile String trouble = "";
    private long marked;
    private long markedAt = System.nanoTime();
    private boolean unmarked;

    Feeder(Sources sources, Generation generation, boolean main) {
        this.sources = sources;
        this.generation = generation;
        this.main = main;
        this.marker = new Marker(sources.node());
        this.intake = new Intake(sources, generation, ahead::remove);
        thread = new Thread(this::run, "king-memory-" + generation.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        int rest = 1;
        while (!closing()) {
            try {
                follow();
                rest = 1;
            } catch (InterruptedException e) {
                return;
            } catch (NoSuchPlug e) {
                // It is being swapped or leaves: whoever directs it says so in a moment.
                trouble = "it is not there";
                current = false;
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                fail(e.toString());
            }
            try {
                if (closed.await(rest, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            rest = Math.min(LONGEST_REST_SECONDS, rest * 2);
        }
    }

    /** One line when it begins to fail: the throwable itself would pin the plug's class loader in a log buffer. */
    void fail(String reason) {
        if (trouble.isEmpty() && !closing()) {
            LOG.warn(
                    "Memory {} is behind until it works again, the store answers meanwhile: {}",
                    generation.name(),
                    reason);
        }
        trouble = reason;
        current = false;
    }

    private boolean closing() {
        return closed.getCount() == 0;
    }

    private void follow() throws InterruptedException {
        List<String> missing = intake.leased(MemoryStore::missing);
        int dimension = missing.isEmpty() ? sources.embedder().dimension() : 0;
        if (dimension == 0) {
            // Nothing is wrong with it: it is not set up, or the backend that embeds is not there yet.
            trouble = missing.isEmpty() ? "no backend embeds" : "it misses " + String.join(", ", missing);
            return;
        }
        long last = sources.outbox().last();
        position = intake.leased(plug ->
                        marker.read(plug, dimension, sources.store().clock().instant()))
                .orElse(-1);
        if (position < 0 || position > last) {
            intake.everything(this::closing);
            position = last;
            mark(dimension);
        }
        while (!closing()) {
            boolean more = sources.outbox().await(position, current ? LOOK : Duration.ZERO);
            List<Event> events = more ? sources.outbox().after(position, EVENTS) : List.of();
            boolean changed = intake.take(events);
            if (!events.isEmpty()) {
                position = events.get(events.size() - 1).position();
            }
            unmarked |= changed;
            long since = System.nanoTime() - markedAt;
            if (position > marked && (unmarked ? since > MARK_CHANGED_NANOS : since > MARK_NANOS)) {
                mark(dimension);
            }
            if (events.isEmpty()) {
                current = true;
                trouble = "";
            }
        }
    }

    private void mark(int dimension) {
        intake.leased(plug -> {
            marker.write(plug, dimension, position, sources.store().clock().instant());
            return plug;
        });
        marked = position;
        unmarked = false;
        markedAt = System.nanoTime();
    }

    /** An entry that this node has just stored: recalled from here until the index has it. */
    void ahead(Memory row) {
        if (ahead.size() < AHEAD) {
            ahead.put(row.id(), row);
        }
    }

    /** What the index finds and what is ahead of it, read from the store again. */
    List<Recalled> recall(String namespace, float[] vector, Map<String, String> filter, int limit) {
        // Some of what it finds may be forgotten already.
        List<Recalled> found = intake.leased(plug -> plug.recall(namespace, vector, filter, limit + 10));
        Set<String> ids = new LinkedHashSet<>();
        found.stream()
                .filter(Objects::nonNull)
                .map(recalled -> recalled.entry().id())
                .forEach(ids::add);
        ahead.values().stream()
                .filter(row -> row.namespace().equals(namespace))
                .map(Memory::id)
                .forEach(ids::add);
        return Shelf.ranked(namespace, sources.shelf().rows(ids).values(), vector, filter, limit);
    }

    Generation generation() {
        return generation;
    }

    void main(boolean now) {
        main = now;
    }

    boolean main() {
        return main;
    }

    boolean current() {
        return current;
    }

    Memories.Index index(boolean serving) {
        return new Memories.Index(generation.name(), generation.id(), current, serving, position, trouble);
    }

    /** Ends its thread within a moment; never by an interrupt, which would close the files of an embedded database. */
    void close() {
        closed.countDown();
    }

    void awaitEnd(Duration atMost, Consumer<String> late) throws InterruptedException {
        thread.join(atMost.toMillis());
        if (thread.isAlive()) {
            late.accept(generation.name());
        }
    }
}
