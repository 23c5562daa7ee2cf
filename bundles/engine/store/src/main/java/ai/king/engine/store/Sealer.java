/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what was committed its place: ledger entries their sequence and hash, events their position. The lock on one row
 * lets one node do it at a time, for the entries of all; order is that of the inserts, so what happened after something
 * comes after it.
 */
@Component(immediate = true, service = Sealer.class)
public final class Sealer {

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Duration IDLE = Duration.ofMillis(400);
    /** How long it collects after a commit, so that a busy node seals many entries at once. */
    private static final Duration COLLECT = Duration.ofMillis(20);

    private static final Duration MEASURE = Duration.ofSeconds(10);
    /** Measurements between two clearings: 10 minutes. */
    private static final int CLEAR = 60;

    private final Database database;
    private final JpaStore store;
    private final Sealing sealing;
    private final Retention retention;
    private final Wakeups sealed = new Wakeups();
    private final Thread thread = new Thread(this::run, "king-store-sealer");
    private volatile boolean closed;
    private volatile long position;
    private long measured = System.nanoTime();
    private int measurements;

    @Activate
    public Sealer(@Reference Database database, @Reference JpaStore store) {
        this.database = database;
        this.store = store;
        this.sealing = new Sealing(database.postgresql());
        this.retention = new Retention(database, store);
        thread.setDaemon(true);
        thread.start();
    }

    /** Signalled when this node learns of new positions. */
    Wakeups sealed() {
        return sealed;
    }

    /** The last position this node knows of. */
    long position() {
        return position;
    }

    /** Ends the rest between two looks, as a commit on this node does. */
    void look() {
        store.commits().signal();
    }

    /** Positions up to this one are given, by whichever node. */
    synchronized void placed(long upTo) {
        if (upTo > position) {
            position = upTo;
            sealed.signal();
        }
    }

    private void run() {
        long seen = store.commits().seen();
        boolean troubled = false;
        while (!closed) {
            try {
                seal();
                upkeep();
                if (troubled) {
                    LOG.info("The ledger is sealed again");
                    troubled = false;
                }
            } catch (RuntimeException e) {
                if (!troubled && !closed) {
                    LOG.warn("The ledger cannot be sealed now, going on trying: {}", Failures.reason(e));
                    troubled = true;
                }
            }
            try {
                seen = rest(seen);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Waits for a commit, then a moment for more of them. */
    private long rest(long seen) throws InterruptedException {
        store.commits().await(seen, IDLE);
        if (store.commits().seen() != seen) {
            Thread.sleep(COLLECT.toMillis());
        }
        return store.commits().seen();
    }

    private void upkeep() {
        if (System.nanoTime() - measured > MEASURE.toNanos()) {
            measured = System.nanoTime();
            store.measureTime();
            if (++measurements % CLEAR == 0) {
                retention.run();
            }
        }
    }

    /** Seals what is there. */
    void seal() {
        placed(database.inTransaction(sealing::round));
    }

    @Deactivate
    void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(2000);
    }
}
