/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.store.TestDatabase;
import ai.king.engine.store.TestOutbox;
import ai.king.store.Actor;
import ai.king.store.Event;
import ai.king.store.Outbox;
import ai.king.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class BellTest {

    private static final String CHANNEL = "king:events:sealed";

    /** An outbox that counts how often it is told to look. */
    private static final class Counting implements Outbox {
        final AtomicInteger looks = new AtomicInteger();
        final AtomicLong position = new AtomicLong();

        @Override
        public List<Event> after(long after, int limit) {
            return List.of();
        }

        @Override
        public long last() {
            return position.get();
        }

        @Override
        public void look() {
            looks.incrementAndGet();
        }

        @Override
        public boolean await(long after, Duration atMost) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(20);
            return position.get() > after;
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("did not come true").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void whatOneNodeSealsAnotherLooksFor() throws Exception {
        try (RedisServer server = new RedisServer()) {
            Counting here = new Counting();
            Counting there = new Counting();
            Bell ringing = new Bell(server.node(), here);
            Bell hearing = new Bell(server.node(), there);
            until(() -> there.looks.get() > 0 && here.looks.get() > 0);
            int before = there.looks.get();
            here.position.set(7);
            until(() -> there.looks.get() > before);
            ringing.close();
            hearing.close();
        }
    }

    @Test
    void rubbishAndAFloodAreAFewLooksAndItListensAgainAfterALoss() throws Exception {
        try (RedisServer server = new RedisServer()) {
            Counting outbox = new Counting();
            Bell bell = new Bell(server.node(), outbox);
            until(() -> outbox.looks.get() > 0);
            long began = System.nanoTime();
            int before = outbox.looks.get();
            try (Jedis liar = server.jedis()) {
                for (int i = 0; i < 5_000; i++) {
                    liar.publish(CHANNEL, i % 2 == 0 ? "999999999999999999" : "rubbish \u0000");
                }
            }
            until(() -> outbox.looks.get() > before);
            long most = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 50 + 3;
            assertThat((long) outbox.looks.get() - before).isLessThanOrEqualTo(most);
            server.kill();
            server.start();
            int lost = outbox.looks.get();
            until(() -> outbox.looks.get() > lost);
            bell.close();
        }
    }

    @Test
    void eventsAreTheSameWithAWellALyingAndALostRedis() throws Exception {
        try (RedisServer server = new RedisServer();
                TestDatabase database = TestDatabase.postgresql();
                TestOutbox here = new TestOutbox(database);
                TestOutbox there = new TestOutbox(database.secondNode())) {
            Bell ringing = new Bell(server.node(), here);
            Bell hearing = new Bell(server.node(), there);
            OutboxBroadcast broadcast = new OutboxBroadcast(there);
            BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
            broadcast.subscribe(Set.of("global"), 0, heard::add);
            for (int i = 0; i < 30; i++) {
                if (i == 10) {
                    try (Jedis liar = server.jedis()) {
                        IntStream.range(0, 200).forEach(n -> liar.publish(CHANNEL, "999999999"));
                        liar.flushAll();
                    }
                } else if (i == 20) {
                    server.kill();
                }
                send(database.store(), i);
            }
            List<Integer> numbers = new ArrayList<>();
            while (numbers.size() < 30) {
                Event event = heard.poll(30, TimeUnit.SECONDS);
                assertThat(event).isNotNull();
                numbers.add((Integer) event.data().get("number"));
            }
            assertThat(numbers)
                    .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
            assertThat(heard.poll(200, TimeUnit.MILLISECONDS)).isNull();
            ringing.close();
            hearing.close();
            broadcast.close();
        }
    }

    private static void send(Store store, int number) {
        store.write(Actor.system("test"), tx -> {
            tx.record("test.sent", "x", Map.of());
            tx.enqueue("goal.test", Map.of("number", number), "global");
            return number;
        });
    }
}
