/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.access.User;
import ai.king.gate.Approval;
import ai.king.gate.Setting;
import ai.king.signals.Signals;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Query.Comparison;
import ai.king.store.Row;
import ai.king.store.StaleRow;
import ai.king.store.Tx;
import ai.king.work.Goal;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

class RowsStoreTest {

    private static final Actor ANNA = Actor.person("anna");
    private final Samples samples = new Samples(7);
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

    private static <R extends Row> Optional<R> find(JpaStore store, Class<R> type, String id) {
        return store.read(r -> r.find(type, id));
    }

    private static long count(JpaStore store, Query<?> query) {
        return store.read(r -> r.count(query));
    }

    @OnBothDatabases
    void everyRecordComesBackAsItWas(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        for (Class<?> type : Mappings.all().keySet()) {
            roundTrip(store, type.asSubclass(Record.class));
        }
    }

    @SuppressWarnings("unchecked")
    private <T extends Record & Row> void roundTrip(JpaStore store, Class<? extends Record> type) {
        Class<T> rows = (Class<T>) type;
        for (int i = 0; i < 5; i++) {
            T first = Samples.with(samples.of(rows), Map.of("id", store.newId()));
            write(store, tx -> assertThat(tx.insert(first)).isEqualTo(first));
            assertThat(find(store, rows, first.id())).contains(first);

            T changed = Samples.with(samples.of(rows), Map.of("id", first.id()));
            T after = Samples.with(changed, Map.of("version", 1L));
            write(store, tx -> assertThat(tx.update(changed)).isEqualTo(after));
            assertThat(find(store, rows, first.id())).contains(after);

            T third = Samples.with(samples.of(rows), Map.of("id", first.id(), "version", 1L));
            T stored = Samples.with(third, Map.of("version", 2L));
            write(store, tx -> assertThat(tx.update(after, third)).isEqualTo(stored));
            assertThat(find(store, rows, first.id())).contains(stored);
            write(store, tx -> tx.delete(rows, first.id()));
            assertThat(find(store, rows, first.id())).isEmpty();
        }
    }

    @OnBothDatabases
    void whatDoesNotDifferFromTheRowBeforeIsNotSent(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        Goal before = goal(store, Goal.Status.RUNNING);
        write(store, tx -> tx.insert(before));
        write(store, tx -> tx.execute("goal", "update goal set text = 'told otherwise' where id = ?", before.id()));
        Goal after = Samples.with(before, Map.of("status", Goal.Status.COMPLETED));
        write(store, tx -> tx.update(before, after));
        Goal expected = Samples.with(after, Map.of("text", "told otherwise", "version", 1L));
        assertThat(find(store, Goal.class, before.id())).contains(expected);
        assertThatThrownBy(() -> write(store, tx -> tx.update(before, after))).isInstanceOf(StaleRow.class);
    }

    @OnBothDatabases
    void whatIsMissingStaysMissing(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        Goal full = goal(store, Goal.Status.RUNNING);
        Map<String, Object> missing = new HashMap<>();
        for (String field :
                List.of("mode", "businessId", "riskProfile", "intent", "rationale", "error", "finishedAt")) {
            missing.put(field, null);
        }
        Goal bare = Samples.with(full, missing);
        write(store, tx -> tx.insert(bare));
        assertThat(find(store, Goal.class, bare.id())).contains(bare);
        Goal again = Samples.with(full, Map.of("version", 0L));
        write(store, tx -> tx.update(again));
        write(store, tx -> tx.update(Samples.with(bare, Map.of("version", 1L))));
        assertThat(find(store, Goal.class, bare.id())).contains(Samples.with(bare, Map.of("version", 2L)));
    }

    private Goal goal(JpaStore store, Goal.Status status) {
        return Samples.with(
                samples.of(Goal.class),
                Map.of(
                        "id",
                        store.newId(),
                        "status",
                        status,
                        "createdAt",
                        Instant.parse("2026-03-29T01:30:00.123456Z")));
    }

    @OnBothDatabases
    void aWriteSeesItsOwnChanges(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        write(store, tx -> {
            tx.insert(new Setting("a", "1", 0));
            assertThat(tx.find(Setting.class, "a")).contains(new Setting("a", "1", 0));
            tx.update(new Setting("a", "2", 0));
            assertThat(tx.lock(Setting.class, "a")).contains(new Setting("a", "2", 1));
            assertThat(tx.list(Query.of(Setting.class).where("value", "2"))).hasSize(1);
            tx.delete(Setting.class, "a");
            assertThat(tx.count(Query.of(Setting.class))).isZero();
        });
    }

    @OnBothDatabases
    void refusesAnUpdateOfARowThatChanged(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        write(store, tx -> tx.insert(new Setting("a", "1", 0)));
        write(store, tx -> tx.update(new Setting("a", "2", 0)));
        assertThatThrownBy(() -> write(store, tx -> tx.update(new Setting("a", "3", 0))))
                .isInstanceOf(StaleRow.class);
        assertThatThrownBy(() -> write(store, tx -> tx.update(new Setting("b", "3", 0))))
                .isInstanceOf(StaleRow.class);
        assertThat(find(store, Setting.class, "a")).contains(new Setting("a", "2", 1));
    }

    @OnBothDatabases
    void refusesASecondRowWithTheSameKey(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        write(store, tx -> tx.insert(new Setting("a", "1", 0)));
        assertThatThrownBy(() -> write(store, tx -> tx.insert(new Setting("a", "2", 0))))
                .isInstanceOf(DuplicateRow.class);
        assertThatThrownBy(() -> write(store, tx -> {
                    tx.insert(new Setting("b", "1", 0));
                    tx.insert(new Setting("b", "2", 0));
                    tx.count(Query.of(Setting.class));
                }))
                .isInstanceOf(DuplicateRow.class);
        assertThat(count(store, Query.of(Setting.class))).isEqualTo(1);
    }

    @OnBothDatabases
    void refusesAWriteWithoutALedgerEntry(TestDatabase.Kind kind) throws SQLException {
        JpaStore store = open(kind);
        assertThatThrownBy(() -> store.write(ANNA, tx -> tx.insert(new Setting("a", "1", 0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ledger");
        assertThat(count(store, Query.of(Setting.class))).isZero();
    }

    @OnBothDatabases
    void nothingIsLeftOfAWriteThatFails(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        List<String> woken = new ArrayList<>();
        store.signals = heard(woken);
        assertThatThrownBy(() -> write(store, tx -> {
                    tx.insert(new Setting("a", "1", 0));
                    tx.record("x.y", "a", Map.of());
                    tx.enqueue("goal.x", Map.of(), "global");
                    tx.afterCommit(() -> woken.add("woken"));
                    tx.connection();
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(woken).isEmpty();
        assertThat(rowsOf(store, "ledger") + rowsOf(store, "outbox") + rowsOf(store, "setting"))
                .isZero();
    }

    @OnBothDatabases
    void sinksHearOfAnEventOnceItIsStoredWithoutWhatPeopleWrote(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        List<String> heard = new ArrayList<>();
        store.signals = heard(heard);
        write(store, tx -> {
            tx.record("x.y", "a", Map.of());
            tx.enqueue("goal.x", Map.of("id", "g1", "status", "FAILED", "error", "secret words"), "global");
            assertThat(heard).isEmpty();
            store.write(Actor.system("other"), inner -> {
                inner.enqueue("step.x", Map.of("agent", "echo"), "global");
                return 0;
            });
        });
        assertThat(heard).containsExactly("goal.x {id=g1, status=FAILED}", "step.x {agent=echo}");
    }

    private static Signals heard(List<String> events) {
        return (Signals) Proxy.newProxyInstance(
                RowsStoreTest.class.getClassLoader(), new Class<?>[] {Signals.class}, (proxy, method, arguments) -> {
                    events.add(arguments[0] + " " + new TreeMap<>((Map<?, ?>) arguments[1]));
                    return null;
                });
    }

    private static long rowsOf(JpaStore store, String table) {
        return store.read(r -> {
            try (var statement = r.connection().createStatement();
                    var row = statement.executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @OnBothDatabases
    void anInnerWriteIsPartOfTheOuter(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        List<String> order = new ArrayList<>();
        write(store, tx -> {
            tx.insert(new Setting("a", "1", 0));
            tx.afterCommit(() -> order.add("after"));
            store.write(Actor.system("inner"), inner -> {
                assertThat(inner.actor()).isEqualTo(Actor.system("inner"));
                assertThat(inner.find(Setting.class, "a")).isPresent();
                return inner.insert(new Setting("b", "1", 0));
            });
            assertThat(find(store, Setting.class, "b")).isPresent();
            order.add("inside");
        });
        assertThat(order).containsExactly("inside", "after");
        assertThatThrownBy(() -> write(store, tx -> {
                    tx.insert(new Setting("c", "1", 0));
                    try {
                        write(store, inner -> {
                            throw new IllegalArgumentException("inner");
                        });
                    } catch (IllegalArgumentException e) {
                        order.add("caught");
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(order).endsWith("caught");
        assertThat(count(store, Query.of(Setting.class))).isEqualTo(2);
    }

    @OnBothDatabases
    void wakesAfterTheCommitAndCanWriteThere(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        write(store, tx -> {
            tx.insert(new Setting("a", "1", 0));
            tx.afterCommit(() -> write(store, later -> later.insert(new Setting("b", "1", 0))));
        });
        assertThat(count(store, Query.of(Setting.class))).isEqualTo(2);
    }

    @OnBothDatabases
    void aReadSeesOneState(TestDatabase.Kind kind) throws InterruptedException {
        JpaStore store = open(kind);
        write(store, tx -> tx.insert(new Setting("a", "1", 0)));
        store.read(r -> {
            assertThat(r.find(Setting.class, "a").orElseThrow().value()).isEqualTo("1");
            Thread other = new Thread(() -> write(store, tx -> tx.update(new Setting("a", "2", 0))));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(r.find(Setting.class, "a").orElseThrow().value()).isEqualTo("1");
            assertThat(r.list(Query.of(Setting.class).where("value", "1"))).hasSize(1);
            return true;
        });
        assertThat(store.read(r -> r.find(Setting.class, "a")).orElseThrow().value())
                .isEqualTo("2");
    }

    @OnBothDatabases
    void pagesMeetEveryRowOnceWhileRowsAreAdded(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        Set<String> before = new HashSet<>();
        write(store, tx -> IntStream.range(0, 137)
                .forEach(i -> before.add(
                        tx.insert(goal(store, Goal.Status.values()[i % 3])).id())));
        List<String> met = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<Goal> page = store.read(r -> r.page(Query.of(Goal.class).page(from, 20)));
            page.items().forEach(g -> met.add(g.id()));
            cursor = page.next();
            write(store, tx -> tx.insert(goal(store, Goal.Status.RUNNING)));
        } while (cursor != null);
        assertThat(met).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(met).containsAll(before);
    }

    @OnBothDatabases
    void pagesInTheOrderOfSeveralKeysAndOfAFewStates(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        List<Approval> all = new ArrayList<>();
        write(store, tx -> IntStream.range(0, 90).forEach(i -> {
            Approval approval = Samples.with(
                    samples.of(Approval.class),
                    Map.of(
                            "id",
                            store.newId(),
                            "urgency",
                            i % 4,
                            "status",
                            Approval.Status.values()[i % 5],
                            "createdAt",
                            Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i / 7)));
            all.add(tx.insert(approval));
        }));
        Query<Approval> queue = Query.of(Approval.class)
                .in("status", List.of(Approval.Status.PENDING, Approval.Status.PARTIAL))
                .ascending("urgency")
                .ascending("createdAt");
        List<Approval> met = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<Approval> page = store.read(r -> r.page(queue.page(from, 7)));
            met.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        assertThat(met)
                .containsExactlyElementsOf(all.stream()
                        .filter(a -> a.status().open())
                        .sorted(Comparator.comparing(Approval::urgency)
                                .thenComparing(Approval::createdAt)
                                .thenComparing(Approval::id))
                        .toList());
    }

    @OnBothDatabases
    void comparesInEveryWay(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        Instant noon = Instant.parse("2026-06-01T12:00:00Z");
        write(store, tx -> IntStream.range(0, 6)
                .forEach(i -> tx.insert(Samples.with(
                        goal(store, i < 3 ? Goal.Status.RUNNING : Goal.Status.FAILED),
                        i == 0
                                ? Collections.singletonMap("finishedAt", null)
                                : Map.of("finishedAt", noon.plusSeconds(i))))));
        assertThat(count(store, "finishedAt", Comparison.LESS, noon.plusSeconds(3)))
                .isEqualTo(2);
        assertThat(count(store, "finishedAt", Comparison.LESS_OR_EQUAL, noon.plusSeconds(3)))
                .isEqualTo(3);
        assertThat(count(store, "finishedAt", Comparison.GREATER, noon.plusSeconds(3)))
                .isEqualTo(2);
        assertThat(count(store, "finishedAt", Comparison.GREATER_OR_EQUAL, noon.plusSeconds(3)))
                .isEqualTo(3);
        assertThat(count(store, "finishedAt", Comparison.IS_NULL, null)).isEqualTo(1);
        assertThat(count(store, "finishedAt", Comparison.NOT_NULL, null)).isEqualTo(5);
        assertThat(count(store, "status", Comparison.NOT_EQUAL, Goal.Status.FAILED))
                .isEqualTo(3);
        assertThat(count(store, "status", Comparison.IN, List.of(Goal.Status.FAILED, Goal.Status.RUNNING)))
                .isEqualTo(6);
        assertThat(count(store, "status", Comparison.IN, List.of())).isZero();
        assertThat(count(store, "dryRun", Comparison.EQUAL, true) + count(store, "dryRun", Comparison.EQUAL, false))
                .isEqualTo(6);
    }

    private static long count(JpaStore store, String field, Comparison comparison, Object value) {
        return store.read(r -> {
            Query<Goal> query = Query.of(Goal.class).where(field, comparison, value);
            long counted = r.count(query);
            assertThat(r.list(query)).hasSize((int) counted);
            assertThat(r.page(query).items()).hasSize((int) counted);
            return counted;
        });
    }

    @OnBothDatabases
    void refusesUnknownFieldsAndCursorsOfOtherLists(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        assertThatThrownBy(() -> store.read(r -> r.page(Query.of(User.class).where("nothing", "x"))))
                .isInstanceOf(IllegalArgumentException.class);
        for (String cursor : List.of("x", "W10", "WyJhIiwiYiJd", "\u00e4")) {
            assertThatThrownBy(() -> store.read(r -> r.page(Query.of(User.class).page(cursor, 5))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> store.read(r -> r.page(Query.of(User.class).page(null, 501))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @OnBothDatabases
    void refusesAValueThatDoesNotFit(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        assertThatThrownBy(() -> write(store, tx -> tx.insert(new Setting("x".repeat(300), "1", 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @OnBothDatabases
    void manyRowsGoInOneWrite(TestDatabase.Kind kind) {
        JpaStore store = open(kind);
        write(store, tx -> IntStream.range(0, 1500).forEach(i -> tx.insert(new Setting("s" + i, "v", 0))));
        assertThat(count(store, Query.of(Setting.class))).isEqualTo(1500);
        assertThatThrownBy(() -> write(store, tx -> IntStream.range(0, 1500)
                        .forEach(i -> tx.update(new Setting("s" + i, "w", i == 700 ? 5 : 0)))))
                .isInstanceOf(StaleRow.class);
        assertThat(count(store, Query.of(Setting.class).where("value", "w"))).isZero();
    }
}
