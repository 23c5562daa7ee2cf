/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.evolution.Pointer;
import ai.king.gate.Setting;
import ai.king.gate.Vote;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Query;
import ai.king.store.RequestLog;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

class RacesStoreTest {

    private static final int RUNNERS = 4;

    private static void write(Store store, Actor actor, Consumer<Tx> work) {
        store.write(actor, tx -> {
            work.accept(tx);
            tx.record("test.done", "subject", Map.of());
            return true;
        });
    }

    /** Runs it on several threads at once; what they threw. */
    private static List<Throwable> race(Consumer<Integer> run) throws Exception {
        CyclicBarrier start = new CyclicBarrier(RUNNERS);
        ExecutorService threads = Executors.newFixedThreadPool(RUNNERS);
        List<Future<?>> runners = new ArrayList<>();
        for (int i = 0; i < RUNNERS; i++) {
            int number = i;
            runners.add(threads.submit(() -> {
                start.await();
                run.accept(number);
                return true;
            }));
        }
        List<Throwable> thrown = new ArrayList<>();
        for (Future<?> runner : runners) {
            try {
                runner.get();
            } catch (ExecutionException e) {
                thrown.add(e.getCause());
            }
        }
        threads.shutdownNow();
        return thrown;
    }

    @OnBothDatabases
    void onePersonVotesOnce(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            Store store = database.store;
            for (int round = 0; round < 10; round++) {
                String approval = "a" + round;
                List<Throwable> thrown = race(n -> write(
                        store,
                        Actor.person("anna"),
                        tx -> tx.insert(
                                new Vote(store.newId(), approval, "anna", Vote.Decision.APPROVE, "", tx.now(), 0))));
                assertThat(thrown).hasSize(RUNNERS - 1).allMatch(DuplicateRow.class::isInstance);
            }
            assertThat((long) store.read(r -> r.count(Query.of(Vote.class)))).isEqualTo(10);
        }
    }

    @OnBothDatabases
    void oneOfSeveralMovesThePointer(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            Store store = database.store;
            write(store, Actor.system("t"), tx -> tx.insert(new Pointer("pointer", 1, null, null, 0, 0)));
            for (int round = 0; round < 10; round++) {
                Pointer before =
                        store.read(r -> r.find(Pointer.class, "pointer")).orElseThrow();
                List<Throwable> thrown = race(n -> write(
                        store,
                        Actor.person("p" + n),
                        tx -> tx.update(
                                new Pointer("pointer", before.permanent() + 1 + n, null, null, 0, before.version()))));
                assertThat(thrown).hasSize(RUNNERS - 1).allMatch(StaleRow.class::isInstance);
            }
            assertThat(store.read(r -> r.find(Pointer.class, "pointer"))
                            .orElseThrow()
                            .version())
                    .isEqualTo(10);
        }
    }

    @OnBothDatabases
    void lockedRowsAreChangedOneAfterTheOther(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            Store store = database.store;
            write(store, Actor.system("t"), tx -> tx.insert(new Setting("count", "0", 0)));
            List<Throwable> thrown = race(n -> {
                for (int i = 0; i < 10; i++) {
                    write(store, Actor.system("t"), tx -> {
                        Setting now = tx.lock(Setting.class, "count").orElseThrow();
                        tx.update(new Setting("count", "" + (Integer.parseInt(now.value()) + 1), now.version()));
                    });
                }
            });
            assertThat(thrown).isEmpty();
            assertThat(store.read(r -> r.find(Setting.class, "count"))
                            .orElseThrow()
                            .value())
                    .isEqualTo("40");
        }
    }

    @OnBothDatabases
    void oneRequestIsServedOnce(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            Store store = database.store;
            RequestLog log = new RequestTable(database.database);
            Actor anna = Actor.person("anna").with(new Actor.RequestKey("anna|POST /goals|k1", "d".repeat(64)));
            List<Throwable> thrown =
                    race(n -> write(store, anna, tx -> tx.insert(new Setting("made-by-" + n, "v", 0))));
            assertThat(thrown).hasSize(RUNNERS - 1).allMatch(DuplicateRow.class::isInstance);
            assertThat((long) store.read(r -> r.count(Query.of(Setting.class)))).isEqualTo(1);

            String key = "anna|POST /goals|k1";
            assertThat(log.find(key)).contains(new RequestLog.Answer("d".repeat(64), "subject", null, null));
            log.answered(key, 202, "{}");
            assertThat(log.find(key)).contains(new RequestLog.Answer("d".repeat(64), "subject", 202, "{}"));
            assertThat(log.find("other")).isEqualTo(Optional.empty());
        }
    }

    @OnBothDatabases
    void oneRequestMayWriteSeveralEntriesInOneWrite(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            Store store = database.store;
            Actor anna = Actor.person("anna").with(new Actor.RequestKey("k", "d"));
            write(store, anna, tx -> {
                tx.record("first.entry", "first", Map.of());
                write(store, anna, inner -> inner.insert(new Setting("a", "v", 0)));
            });
            assertThat(new RequestTable(database.database)
                            .find("k")
                            .orElseThrow()
                            .subject())
                    .isEqualTo("first");
        }
    }

    @OnBothDatabases
    void aDatabaseThatIsGoneIsSaidSo(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            database.loseConnections();
            assertThatThrownBy(
                            () -> write(database.store, Actor.system("t"), tx -> tx.insert(new Setting("a", "v", 0))))
                    .isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> database.store.read(r -> r.find(Setting.class, "a")))
                    .isInstanceOf(StoreUnavailable.class);
        }
    }
}
