/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to memories now and then: outcomes are written down, old entries condensed, missing vectors made. */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int OUTCOMES_MILLIS = 500;

    private final Condenser condenser;
    private final Outcomes outcomes;
    private final Gaps gaps;
    private final BooleanSupplier first;
    private final long lookNanos;
    private final Set<String> touched = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "king-memory-upkeep");
    private boolean troubled;

    Upkeep(Condenser condenser, Outcomes outcomes, Gaps gaps, BooleanSupplier first, int lookSeconds) {
        this.condenser = condenser;
        this.outcomes = outcomes;
        this.gaps = gaps;
        this.first = first;
        lookNanos = TimeUnit.SECONDS.toNanos(lookSeconds);
        thread.setDaemon(true);
        thread.start();
    }

    /** A namespace has grown. */
    void touched(String namespace) {
        touched.add(namespace);
    }

    private void run() {
        long looked = System.nanoTime();
        try {
            while (!closed.await(OUTCOMES_MILLIS, TimeUnit.MILLISECONDS)) {
                boolean look = System.nanoTime() - looked > lookNanos;
                looked = look ? System.nanoTime() : looked;
                round(look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(boolean look) {
        try {
            // On one node at a time; a second one at the same moment would only find everything done.
            if (outcomes.behind() && first.getAsBoolean()) {
                outcomes.take();
            }
            if (look) {
                if (first.getAsBoolean()) {
                    gaps.close();
                }
                condense();
            }
            troubled = false;
        } catch (RuntimeException e) {
            if (!troubled) {
                LOG.warn("Memories are not kept up now, going on trying: {}", e.toString());
                troubled = true;
            }
        }
    }

    private void condense() {
        for (String namespace : Set.copyOf(touched)) {
            touched.remove(namespace);
            if (condenser.condense(namespace)) {
                touched.add(namespace);
            }
        }
    }

    void close() throws InterruptedException {
        closed.countDown();
        thread.join(3_000);
    }
}
