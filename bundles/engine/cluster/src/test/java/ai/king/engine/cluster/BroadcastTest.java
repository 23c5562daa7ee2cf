/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.store.TestDatabase;
import ai.king.engine.store.TestOutbox;
import ai.king.store.Actor;
import ai.king.store.Event;
import ai.king.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BroadcastTest {

    private static void send(Store store, int number, String... channels) {
        store.write(Actor.system("test"), tx -> {
            tx.record("test.sent", "x", Map.of());
            tx.enqueue("goal.test", Map.of("number", number), channels);
            return number;
        });
    }

    private static List<Integer> take(BlockingQueue<Event> queue, int count) throws InterruptedException {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = queue.poll(30, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            numbers.add((Integer) event.data().get("number"));
        }
        return numbers;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void givesThePastThenWhatComesInOrder(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open();
                TestOutbox outbox = new TestOutbox(database)) {
            OutboxBroadcast broadcast = new OutboxBroadcast(outbox);
            for (int i = 0; i < 5; i++) {
                send(database.store(), i, "global");
            }
            BlockingQueue<Event> all = new LinkedBlockingQueue<>();
            broadcast.subscribe(Set.of("global"), 0, all::add);
            assertThat(take(all, 5)).containsExactly(0, 1, 2, 3, 4);
            BlockingQueue<Event> resumed = new LinkedBlockingQueue<>();
            broadcast.subscribe(Set.of("global", "goal:7"), 3, resumed::add);
            assertThat(take(resumed, 2)).containsExactly(3, 4);
            send(database.store(), 5, "goal:7");
            send(database.store(), 6, "business:1");
            send(database.store(), 7, "global", "goal:7");
            assertThat(take(resumed, 2)).containsExactly(5, 7);
            assertThat(take(all, 1)).containsExactly(7);
            assertThat(broadcast.last()).isEqualTo(8);
            broadcast.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aListenerThatThrowsIsClosedAndOthersGoOn(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open();
                TestOutbox outbox = new TestOutbox(database)) {
            OutboxBroadcast broadcast = new OutboxBroadcast(outbox);
            List<Event> met = new ArrayList<>();
            CountDownLatch thrown = new CountDownLatch(1);
            broadcast.subscribe(Set.of("global"), 0, event -> {
                met.add(event);
                thrown.countDown();
                throw new IllegalStateException("as if");
            });
            BlockingQueue<Event> other = new LinkedBlockingQueue<>();
            AutoCloseable open = broadcast.subscribe(Set.of("global"), 0, other::add);
            for (int i = 0; i < 3; i++) {
                send(database.store(), i, "global");
            }
            assertThat(take(other, 3)).containsExactly(0, 1, 2);
            assertThat(thrown.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(met).hasSize(1);
            open.close();
            broadcast.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void eventsOfAnotherNodeArrive(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open();
                TestOutbox here = new TestOutbox(database);
                TestOutbox there = new TestOutbox(database.secondNode())) {
            OutboxBroadcast broadcast = new OutboxBroadcast(here);
            BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
            broadcast.subscribe(Set.of("global"), 0, heard::add);
            TestDatabase other = database.secondNode();
            for (int i = 0; i < 20; i++) {
                send(i % 2 == 0 ? other.store() : database.store(), i, "global");
            }
            assertThat(take(heard, 20))
                    .containsExactlyElementsOf(
                            java.util.stream.IntStream.range(0, 20).boxed().toList());
            assertThat(there.last()).isEqualTo(20);
            broadcast.close();
        }
    }
}
