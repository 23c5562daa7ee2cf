/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.store.Actor;
import ai.king.store.Event;
import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealingStoreTest {

    private static final String ENTRY =
            "insert into ledger (id, at, actor, action, subject, data) values (?, ?, 'person:anna', 'goal.x', 'g', '{}')";
    private static final String EVENT = "insert into outbox (type, at, data, channels) values ('t', ?, '{}', 'global')";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        Collections.reverse(opened);
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private TestDatabase open(TestDatabase.Kind kind) {
        TestDatabase database = kind.open();
        opened.add(database);
        return database;
    }

    private static void write(TestDatabase database, int entries) {
        IntStream.range(0, entries)
                .forEach(i -> database.store.write(Actor.person("anna"), tx -> {
                    tx.record("goal.x", "g", Map.of("number", i));
                    tx.enqueue("t", Map.of("number", i), "global");
                    return i;
                }));
    }

    private static long seal(TestDatabase database) {
        return database.database.inTransaction(new Sealing(database.database.postgresql())::round);
    }

    private static Ledger.Verification verified(TestDatabase database) {
        return new ChainedLedger(database.database).verify();
    }

    private static List<Event> events(TestDatabase database) {
        Sealer idle = database.sealer();
        try {
            idle.close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new OrderedOutbox(database.database, idle).after(0, 500);
    }

    private static void sql(TestDatabase database, String... all) {
        database.database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : all) {
                    statement.execute(sql);
                }
            }
            return true;
        });
    }

    private static void entry(Connection connection, String id, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENTRY)) {
            statement.setString(1, id);
            statement.setObject(2, at.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    private static void event(Connection connection, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EVENT)) {
            statement.setObject(1, at.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    @Test
    void whatIsCommittedLateIsSealedWhenItIsThere() throws SQLException {
        TestDatabase database = open(TestDatabase.Kind.POSTGRESQL);
        seal(database);
        try (Connection late = database.dataSource().getConnection()) {
            late.setAutoCommit(false);
            entry(late, "late", Instant.now());
            event(late, Instant.now());
            write(database, 3);
            assertThat(seal(database)).isEqualTo(3);
            write(database, 2);
            assertThat(seal(database)).isEqualTo(5);
            assertThat(seal(database)).isEqualTo(5);
            late.commit();
            late.setAutoCommit(true);
        }
        write(database, 1);
        assertThat(seal(database)).isEqualTo(7);
        assertThat(verified(database)).isEqualTo(new Ledger.Verification(true, 7, 0, Optional.empty()));
        List<LedgerEntry> newest =
                new ChainedLedger(database.database).page(null, 2).items();
        assertThat(newest).extracting(LedgerEntry::seq).containsExactly(7L, 6L);
        assertThat(newest.get(1).id()).isEqualTo("late");
    }

    @Test
    void whatWasRolledBackIsNeverWaitedFor() throws SQLException {
        TestDatabase database = open(TestDatabase.Kind.POSTGRESQL);
        seal(database);
        try (Connection gone = database.dataSource().getConnection()) {
            gone.setAutoCommit(false);
            event(gone, Instant.now());
            write(database, 1);
            assertThat(seal(database)).isEqualTo(1);
            gone.rollback();
            gone.setAutoCommit(true);
        }
        write(database, 1);
        assertThat(seal(database)).isEqualTo(2);
        assertThat(verified(database).valid()).isTrue();
    }

    @Test
    void aDumpInAnotherClusterIsSealedOnWhetherItsTransactionsWereNumberedHigherOrLower() {
        for (String seen : List.of("900000000:900000000:", "3:3:")) {
            TestDatabase database = open(TestDatabase.Kind.POSTGRESQL);
            write(database, 5);
            seal(database);
            write(database, 2);
            sql(
                    database,
                    "update ledger set tx = case when n % 2 = 0 then xid8 '900000007' else xid8 '2' end",
                    "update outbox set tx = case when n % 2 = 0 then xid8 '900000007' else xid8 '2' end",
                    "update seal set ledger_seen = '" + seen + "', outbox_seen = '" + seen + "', cluster_ = 1");
            write(database, 1);
            assertThat(seal(database)).isEqualTo(8);
            write(database, 1);
            assertThat(seal(database)).isEqualTo(9);
            assertThat(seal(database)).isEqualTo(9);
            assertThat(verified(database)).isEqualTo(new Ledger.Verification(true, 9, 0, Optional.empty()));
        }
    }

    @Test
    void sealsWhereNobodyMayAskWhichClusterItIs() {
        TestDatabase database = open(TestDatabase.Kind.POSTGRESQL);
        sql(
                database,
                "create role sealing_only",
                "grant all on all tables in schema public to sealing_only",
                "revoke execute on function pg_control_system() from public");
        for (int round = 1; round <= 3; round++) {
            write(database, 2);
            assertThat(database.database.<Long>inTransaction(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("set local role sealing_only");
                        }
                        return new Sealing(true).round(connection);
                    }))
                    .isEqualTo(round * 2L);
        }
        assertThat(verified(database)).isEqualTo(new Ledger.Verification(true, 6, 0, Optional.empty()));
    }

    @OnBothDatabases
    void aBacklogOfManyBatchesIsSealedInOrder(TestDatabase.Kind kind) {
        TestDatabase database = open(kind);
        database.database.inTransaction(connection -> {
            for (int i = 0; i < 2500; i++) {
                entry(connection, "e" + i, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i));
                event(connection, Instant.now());
            }
            return true;
        });
        assertThat(seal(database)).isEqualTo(2500);
        assertThat(verified(database)).isEqualTo(new Ledger.Verification(true, 2500, 0, Optional.empty()));
        assertThat(new ChainedLedger(database.database).page("1501", 500).items())
                .extracting(LedgerEntry::id)
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(i -> "e" + (1499 - i)).toList());
    }

    @OnBothDatabases
    void aSealThatWasChangedOrTakenAwayIsFound(TestDatabase.Kind kind) {
        assertThat(brokenBy(kind, "update ledger_seal set hash = '" + "0".repeat(64) + "' where seq = 4"))
                .contains(4L);
        assertThat(brokenBy(kind, "delete from ledger_seal where seq = 3")).contains(3L);
        assertThat(brokenBy(kind, "delete from ledger_seal where seq > 7")).contains(8L);
        assertThat(brokenBy(kind, "update ledger_seal set n = 100 - n")).contains(1L);
        assertThat(brokenBy(
                        kind,
                        "insert into ledger (id, at, actor, action, subject, data) select 'x', at, actor, action,"
                                + " subject, data from ledger where n = 2",
                        "delete from ledger where n = 2",
                        "update ledger_seal set n = 11 where n = 2"))
                .contains(2L);
    }

    private Optional<Long> brokenBy(TestDatabase.Kind kind, String... sql) {
        TestDatabase database = open(kind);
        write(database, 10);
        seal(database);
        assertThat(verified(database).valid()).isTrue();
        sql(database, sql);
        return verified(database).firstBroken();
    }

    @OnBothDatabases
    void anEntryWithoutASealIsCounted(TestDatabase.Kind kind) {
        TestDatabase database = open(kind);
        write(database, 3);
        seal(database);
        write(database, 2);
        assertThat(verified(database)).isEqualTo(new Ledger.Verification(true, 3, 2, Optional.empty()));
        assertThat(new ChainedLedger(database.database).about("g"))
                .extracting(LedgerEntry::seq)
                .containsExactly(1L, 2L, 3L, null, null);
    }

    @OnBothDatabases
    void oldEventsGoWithTheirPlacesAndPositionsGoOn(TestDatabase.Kind kind) {
        TestDatabase database = open(kind);
        Instant old = database.store.clock().instant().minus(Duration.ofDays(8));
        database.database.inTransaction(connection -> {
            event(connection, old);
            event(connection, old);
            return true;
        });
        new Retention(database.database, database.store).run();
        assertThat(seal(database)).as("what has no place yet is kept").isEqualTo(2);
        write(database, 2);
        seal(database);
        new Retention(database.database, database.store).run();
        assertThat(events(database)).extracting(Event::position).containsExactly(3L, 4L);
        assertThat(database.database.<Long>inTransaction(connection -> {
                    try (Statement statement = connection.createStatement();
                            var row = statement.executeQuery("select count(*) from outbox_place")) {
                        row.next();
                        return row.getLong(1);
                    }
                }))
                .isEqualTo(2);
        write(database, 1);
        assertThat(seal(database)).isEqualTo(5);
    }

    @OnBothDatabases
    void whatWasSealedBeforeKeepsItsSealAndTheRestGetsOne(TestDatabase.Kind kind) throws SQLException {
        TestDatabase database = open(kind);
        sql(database, kind == TestDatabase.Kind.H2 ? "drop all objects" : "drop schema public cascade");
        if (kind == TestDatabase.Kind.POSTGRESQL) {
            sql(database, "create schema public");
        }
        boolean h2 = kind == TestDatabase.Kind.H2;
        Migrations.run(database.dataSource(), h2, "63");
        String previous = Chain.START;
        for (long seq = 1; seq <= 3; seq++) {
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seq);
            LedgerEntry entry =
                    new LedgerEntry("e" + seq, null, at, "person:anna", "goal.x", "g", Map.of(), null, null);
            String hash = Chain.hash(previous, seq, entry);
            long n = seq;
            String before = previous;
            database.database.inTransaction(connection -> {
                entry(connection, entry.id(), at);
                event(connection, at);
                return true;
            });
            if (seq < 3) {
                sql(
                        database,
                        "update ledger set seq = " + n + ", hash = '" + hash + "', previous_hash = '" + before
                                + "' where n = " + n,
                        "update outbox set position = " + n + " where n = " + n,
                        "update seal set seq = " + n + ", hash = '" + hash + "', position = " + n);
                previous = hash;
            }
        }
        Migrations.run(database.dataSource(), h2);
        assertThat(verified(database)).isEqualTo(new Ledger.Verification(true, 2, 1, Optional.empty()));
        assertThat(seal(database)).isEqualTo(3);
        write(database, 1);
        assertThat(seal(database)).isEqualTo(4);
        assertThat(verified(database)).isEqualTo(new Ledger.Verification(true, 4, 0, Optional.empty()));
        assertThat(events(database))
                .extracting(Event::position)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 4).boxed().toList());
    }
}
