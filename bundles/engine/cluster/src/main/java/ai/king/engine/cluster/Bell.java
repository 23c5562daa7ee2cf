/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import ai.king.store.Outbox;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/**
 * Tells the other nodes through Redis that there are new events, and looks when another tells. What is there is read from the
 * database: a ring that is lost costs the usual wait, one that lies costs one look, and rings in a flood are one look in 50 ms.
 */
@Component(
        immediate = true,
        service = {})
public final class Bell {

    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int BETWEEN_LOOKS_MILLIS = 50;
    private static final int RETRY_SECONDS = 2;

    private final Redis redis;
    private final Outbox outbox;
    private final Semaphore rung = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Listening listening = new Listening();
    private volatile @Nullable Jedis line;
    /** The highest position another node has told: not told again from here. */
    private volatile long heard = -1;

    @Activate
    public Bell(@Reference Redis redis, @Reference Outbox outbox) {
        this.redis = redis;
        this.outbox = outbox;
        if (redis.configured()) {
            start("king-cluster-bell-listener", this::listen);
            start("king-cluster-bell-looker", this::look);
            start("king-cluster-bell-ringer", this::ring);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private String channel() {
        return redis.key("events", "sealed");
    }

    private void listen() {
        boolean troubled = false;
        while (open()) {
            try (Jedis connection = redis.connect()) {
                line = connection;
                if (open()) {
                    troubled = false;
                    connection.subscribe(listening, channel());
                }
            } catch (RuntimeException e) {
                if (!troubled && open()) {
                    LOG.warn("Events of other nodes are heard from the database only: {}", redis.reason(e));
                    troubled = true;
                }
            }
            rest();
        }
    }

    private void rest() {
        try {
            if (closed.await(RETRY_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What another node, or whoever writes there, says. */
    private final class Listening extends JedisPubSub {
        @Override
        public void onSubscribe(String channel, int channels) {
            // What was rung while nobody listened.
            rung.release();
        }

        @Override
        public void onMessage(String channel, String message) {
            if (message.matches("\\d{1,18}")) {
                heard = Math.max(heard, Long.parseLong(message));
            }
            rung.release();
        }
    }

    private void look() {
        try {
            while (open()) {
                if (rung.tryAcquire(1, TimeUnit.SECONDS)) {
                    rung.drainPermits();
                    outbox.look();
                    if (closed.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ring() {
        long told = -1;
        while (open()) {
            try {
                long last = told < 0 || outbox.await(told, LOOK) ? outbox.last() : told;
                if (last > told && last > heard) {
                    redis.ask(connection -> connection.publish(channel(), Long.toString(last)));
                }
                // A position that was made up is forgotten as soon as events go past it or a second is over.
                heard = Math.min(heard, last);
                told = last;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.debug("No look at the outbox now: {}", e.toString());
                rest();
            }
        }
    }

    @Deactivate
    void close() {
        closed.countDown();
        Jedis connection = line;
        if (connection != null) {
            connection.close();
        }
    }
}
