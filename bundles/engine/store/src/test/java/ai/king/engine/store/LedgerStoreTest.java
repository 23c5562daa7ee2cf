/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.gate.Setting;
import ai.king.store.Actor;
import ai.king.store.Event;
import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import ai.king.store.Page;
import ai.king.store.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;

class LedgerStoreTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private final List<AutoCloseable> opened = new ArrayList<>();

    private <T extends AutoCloseable> T keep(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(opened);
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private Sealer sealer(TestDatabase database) {
        Sealer sealer = database.sealer();
        keep(sealer::close);
        return sealer;
    }

    private static void write(JpaStore store, int number) {
        store.write(Actor.person("anna"), tx -> {
            tx.record("goal.submitted", "g" + number % 3, Map.of("number", number, "text", "\u20ac"));
            tx.enqueue("goal.submitted", Map.of("number", number), "global", "goal:g" + number % 3);
            return number;
        });
    }

    @OnBothDatabases
    void entriesHangOnEachOtherInOrder(TestDatabase.Kind kind) throws InterruptedException {
        TestDatabase database = keep(kind.open());
        Sealer sealer = sealer(database);
        IntStream.range(0, 25).forEach(i -> write(database.store, i));
        OrderedOutbox outbox = new OrderedOutbox(database.database, sealer);
        assertThat(outbox.await(24, LONG)).isTrue();
        assertThat(outbox.last()).isEqualTo(25);
        Ledger ledger = new ChainedLedger(database.database);
        assertThat(ledger.verify()).isEqualTo(new Ledger.Verification(true, 25, 0, Optional.empty()));

        Page<LedgerEntry> first = ledger.page(null, 10);
        Page<LedgerEntry> second = ledger.page(first.next(), 10);
        Page<LedgerEntry> third = ledger.page(second.next(), 10);
        assertThat(third.next()).isNull();
        assertThat(first.items())
                .extracting(LedgerEntry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(0, 9).mapToObj(i -> 25 - i).toList());
        assertThat(third.items()).hasSize(5);
        LedgerEntry newest = first.items().get(0);
        assertThat(newest.previousHash()).isEqualTo(first.items().get(1).hash());
        assertThat(newest.actor()).isEqualTo("person:anna");
        assertThat(newest.data()).containsEntry("number", 24);
        assertThat(ledger.about("g1"))
                .extracting(e -> e.data().get("number"))
                .containsExactly(1, 4, 7, 10, 13, 16, 19, 22);
        assertThat(outbox.after(20, 3)).extracting(Event::position).containsExactly(21L, 22L, 23L);
        assertThat(outbox.after(24, 3).get(0).channels()).containsExactlyInAnyOrder("global", "goal:g0");
    }

    @OnBothDatabases
    void aChangedEntryIsFound(TestDatabase.Kind kind) throws InterruptedException {
        assertThat(brokenBy(kind, "update ledger set data = '{\"number\":7}' where n = 4"))
                .contains(4L);
        assertThat(brokenBy(kind, "update ledger set actor = 'person:eve' where n = 1"))
                .contains(1L);
    }

    @OnBothDatabases
    void aMissingEntryIsFound(TestDatabase.Kind kind) throws InterruptedException {
        assertThat(brokenBy(kind, "delete from ledger where n = 3")).contains(3L);
        assertThat(brokenBy(kind, "delete from ledger where n = 10")).contains(10L);
        assertThat(brokenBy(kind, "delete from ledger")).contains(1L);
    }

    private Optional<Long> brokenBy(TestDatabase.Kind kind, String sql) throws InterruptedException {
        TestDatabase database = keep(kind.open());
        Sealer sealer = sealer(database);
        IntStream.range(0, 10).forEach(i -> write(database.store, i));
        assertThat(new OrderedOutbox(database.database, sealer).await(9, LONG)).isTrue();
        sealer.close();
        database.database.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
        return new ChainedLedger(database.database).verify().firstBroken();
    }

    @OnBothDatabases
    void whatIsNotSealedYetIsCounted(TestDatabase.Kind kind) {
        TestDatabase database = keep(kind.open());
        write(database.store, 1);
        Ledger ledger = new ChainedLedger(database.database);
        assertThat(ledger.verify()).isEqualTo(new Ledger.Verification(true, 0, 1, Optional.empty()));
        assertThat(ledger.page(null, 10).items()).isEmpty();
        assertThat(ledger.about("g1")).extracting(LedgerEntry::seq).containsOnlyNulls();
    }

    @OnBothDatabases
    void aReaderNeverMissesAnEventOfManyWriters(TestDatabase.Kind kind) throws Exception {
        TestDatabase database = keep(kind.open());
        TestDatabase other = database.secondNode();
        Sealer sealer = sealer(database);
        sealer(other);
        OrderedOutbox outbox = new OrderedOutbox(database.database, sealer);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        keep(threads::shutdownNow);
        List<Future<?>> writers = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            int thread = t;
            JpaStore store = t % 2 == 0 ? database.store : other.store;
            writers.add(threads.submit(() -> IntStream.range(0, 40).forEach(i -> write(store, thread * 1000 + i))));
        }
        List<Event> met = new ArrayList<>();
        while (met.size() < 240) {
            long position = met.isEmpty() ? 0 : met.get(met.size() - 1).position();
            assertThat(outbox.await(position, LONG)).isTrue();
            met.addAll(outbox.after(position, 7));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertThat(met)
                .extracting(Event::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 240).boxed().toList());
        for (int t = 0; t < 6; t++) {
            int thread = t;
            assertThat(met.stream()
                            .map(e -> (Integer) e.data().get("number"))
                            .filter(n -> n / 1000 == thread)
                            .toList())
                    .isSorted()
                    .hasSize(40);
        }
        assertThat(new ChainedLedger(database.database).verify().valid()).isTrue();
    }

    @OnBothDatabases
    void aWriterThatIsInterruptedOrDiesLeavesNothing(TestDatabase.Kind kind) throws Exception {
        TestDatabase database = keep(kind.open());
        Sealer sealer = sealer(database);
        for (int i = 0; i < 30; i++) {
            int round = i;
            CountDownLatch written = new CountDownLatch(3);
            Thread writer = new Thread(() -> writeUntilDeath(database.store, round, written));
            AtomicReference<Throwable> death = new AtomicReference<>();
            writer.setUncaughtExceptionHandler((thread, e) -> death.set(e));
            writer.start();
            assertThat(written.await(30, TimeUnit.SECONDS))
                    .as("round %d wrote before it died of %s", round, death)
                    .isTrue();
            if (round % 2 == 0) {
                writer.interrupt();
            }
            writer.join(30_000);
            assertThat(writer.isAlive()).isFalse();
        }
        long settings = database.store.read(r -> r.count(Query.of(Setting.class)));
        assertThat(settings).isGreaterThanOrEqualTo(90);
        assertThat(rows(database, "ledger")).isEqualTo(settings);
        assertThat(rows(database, "outbox")).isEqualTo(settings);
        assertThat(new OrderedOutbox(database.database, sealer).await(settings - 1, LONG))
                .isTrue();
        assertThat(new ChainedLedger(database.database).verify().valid()).isTrue();
    }

    private static void writeUntilDeath(JpaStore store, int round, CountDownLatch written) {
        for (int n = 0; !Thread.currentThread().isInterrupted() && n < 1000; n++) {
            Setting setting = new Setting("s" + round + "-" + n, "v", 0);
            int number = n;
            store.write(Actor.person("anna"), tx -> {
                tx.insert(setting);
                tx.enqueue("goal.x", Map.of(), "global");
                tx.record("setting.made", setting.id(), Map.of());
                tx.count(Query.of(Setting.class).where("value", "w"));
                if (round % 2 == 1 && number == 5) {
                    throw new OutOfMemoryError("as if");
                }
                return tx.connection();
            });
            written.countDown();
        }
    }

    private static long rows(TestDatabase database, String table) {
        return database.database.inTransaction(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
