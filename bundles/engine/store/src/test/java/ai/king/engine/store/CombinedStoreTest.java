/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.gate.Setting;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Query;
import ai.king.store.StaleRow;
import ai.king.store.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements that are held back and sent as one do what they would one after the other. */
class CombinedStoreTest {

    private static final Actor ANNA = Actor.person("anna");
    private final List<TestDatabase> opened = new ArrayList<>();

    private JpaStore open(TestDatabase.Kind kind) {
        TestDatabase database = kind.open();
        opened.add(database);
        return database.store;
    }

    @AfterEach
    void close() {
        opened.forEach(TestDatabase::close);
    }

    private static void write(JpaStore store, Consumer<Tx> work) {
        store.write(ANNA, tx -> {
            work.accept(tx);
            tx.record("test.done", "subject", Map.of());
            return true;
        });
    }

    private static List<String> rows(JpaStore store) {
        return store.read(r -> r.list(Query.of(Setting.class).ascending("id"))).stream()
                .map(row -> row.id() + "=" + row.value() + "@" + row.version())
                .toList();
    }

    private static Setting row(String id, String value, long version) {
        return new Setting(id, value, version);
    }

    @OnBothDatabases
    void whatTouchesARowTwiceIsDoneInItsOrder(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        write(store, tx -> {
            tx.insert(row("a", "1", 0));
            tx.insert(row("b", "1", 0));
            tx.update(tx.update(row("a", "2", 0)));
            tx.update(row("b", "2", 0));
            tx.delete(Setting.class, "b");
            tx.insert(row("b", "again", 0));
        });
        assertThat(rows(store)).containsExactly("a=2@2", "b=again@0");
        write(store, tx -> {
            tx.require(Setting.class, "a", Map.of("value", "2"));
            tx.update(row("a", "3", 2));
            tx.update(row("b", "3", 0));
            tx.insert(row("c", "3", 0));
        });
        assertThat(rows(store)).containsExactly("a=3@3", "b=3@1", "c=3@0");
    }

    @OnBothDatabases
    void nothingIsLeftWhicheverPartMisses(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        write(store, tx -> IntStream.range(0, 4).forEach(i -> tx.insert(row("r" + i, "old", 0))));
        List<String> before = rows(store);
        long entries = entries(store);
        for (int missing = 0; missing < 4; missing++) {
            int stale = missing;
            assertThatThrownBy(() -> write(store, tx -> {
                        tx.require(Setting.class, "r0", Map.of("value", stale == 0 ? "other" : "old"));
                        for (int i = 1; i < 4; i++) {
                            tx.update(row("r" + i, "new", i == stale ? 7 : 0));
                        }
                        tx.insert(row("s", "new", 0));
                    }))
                    .isInstanceOf(StaleRow.class)
                    .hasMessageContaining("Setting r" + stale);
        }
        assertThatThrownBy(() -> write(store, tx -> {
                    tx.update(row("r1", "new", 0));
                    tx.insert(row("r2", "new", 0));
                }))
                .isInstanceOf(DuplicateRow.class);
        assertThat(rows(store)).isEqualTo(before);
        assertThat(entries(store)).isEqualTo(entries);
    }

    private static long entries(JpaStore store) {
        return store.read(r -> {
            try (var statement = r.connection().createStatement();
                    var row = statement.executeQuery("select count(*) from ledger")) {
                row.next();
                return row.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @OnBothDatabases
    void whoWaitedForALockSeesWhatWasChangedMeanwhile(TestDatabase.Kind kind) throws Exception {
        JpaStore store = open(kind);
        write(store, tx -> List.of("lock", "row").forEach(id -> tx.insert(row(id, "old", 0))));
        Phaser held = new Phaser(2);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> first = other.submit(() -> write(store, tx -> {
                tx.lock(Setting.class, "lock");
                held.arriveAndAwaitAdvance();
                tx.update(row("lock", "new", 0));
                tx.update(row("row", "first", 0));
            }));
            held.arriveAndAwaitAdvance();
            assertThatThrownBy(() -> write(store, tx -> {
                        tx.require(Setting.class, "lock", Map.of("value", "old"));
                        tx.update(row("row", "second", 0));
                    }))
                    .isInstanceOf(StaleRow.class);
            first.get();
        } finally {
            other.shutdown();
        }
        assertThat(rows(store)).containsExactly("lock=new@1", "row=first@1");
    }

    @Test
    void aStepOfAGoalIsOneStatement() {
        Pending lock =
                new Pending(Pending.Kind.LOCK, "goal", "select 1 from goal where id = ? for update", any(1), "Goal g");
        Pending call =
                new Pending(Pending.Kind.CHANGE, "call_record", "update call_record set state = ?", any(1), "Call c");
        Pending end = new Pending(Pending.Kind.CHANGE, "step", "update step set status = ?", any(1), "Step 1");
        Pending claim = new Pending(Pending.Kind.CHANGE, "step", "update step set started_at = ?", any(1), "Step 2");
        Pending log = new Pending(Pending.Kind.INSERT, "ledger", "insert into ledger (id) values (?)", any(1), null);
        Combined combined = new Combined(List.of(lock, call, end, claim, log));
        assertThat(combined.text()).doesNotContain(";").contains("must_hit((select count(*) from p3), ?)");
        assertThat(combined.values()).hasSize(9).endsWith("Goal g", "Call c", "Step 1", "Step 2");
        assertThat(new Combined(List.of(lock, end, end, log)).text()).containsOnlyOnce(";");
    }

    private static Object[] any(int several) {
        return Collections.nCopies(several, "value").toArray();
    }
}
