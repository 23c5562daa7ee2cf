/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.LedgerEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One round of the sealer, in one transaction. Rows of the ledger and of the outbox are only read. */
final class Sealing {

    /** Rows in memory at once. */
    private static final int BATCH = 1000;

    private static final String CLUSTER = "(select system_identifier from pg_control_system())";
    private static final String FAR =
            "ledger_seen is null or pg_snapshot_xmax(ledger_seen) > pg_snapshot_xmax(pg_current_snapshot())";

    private final boolean postgresql;
    /** Whether the database is known to be the one that was sealed before. */
    private volatile boolean known;

    Sealing(boolean postgresql) {
        this.postgresql = postgresql;
        this.known = !postgresql;
    }

    /** How far the sealing is. */
    private record Head(long seq, String hash, long position, Instant at) {}

    /** Seals what is there; the last position given to an event. */
    long round(Connection connection) throws SQLException {
        Unsealed.byIndex(connection, postgresql);
        Head head = known && !unsealed(connection) ? null : head(connection, " for update skip locked");
        if (head == null) {
            Head now = head(connection, "");
            return now == null ? 0 : now.position();
        }
        boolean anew = postgresql && anew(connection);
        if (anew) {
            standStill(connection);
        }
        // Events first: the ledger entry of an event that has its position is sealed, too.
        String events = snapshot(connection);
        long last = place(connection, head.position(), events, anew);
        String entries = snapshot(connection);
        Head next = chain(connection, head, entries, anew);
        store(connection, next, last);
        if (postgresql) {
            seen(connection, entries, events);
            tell(connection, head.position(), last);
        }
        known = true;
        return last;
    }

    private boolean unsealed(Connection connection) throws SQLException {
        return yes(connection, "select " + Unsealed.ENTRIES.any(postgresql) + " or " + Unsealed.EVENTS.any(postgresql));
    }

    /** The sealer's row, locked or not; null when another node holds the lock. */
    private static @Nullable Head head(Connection connection, String lock) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select seq, hash, position, at from seal where id = 1" + lock);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? new Head(row.getLong(1), row.getString(2), row.getLong(3), Chain.instant(row, "at"))
                    : null;
        }
    }

    /**
     * Whether transactions are numbered anew: a dump was brought into another cluster, or nothing was ever seen. Then what
     * lacks a seal is found by comparing.
     */
    private boolean anew(Connection connection) throws SQLException {
        if (known) {
            return yes(connection, "select " + FAR + " from seal where id = 1");
        }
        // Some who run a database let nobody ask which cluster it is: every node's first round compares then.
        return !named(connection)
                || yes(
                        connection,
                        "select " + FAR + " or cluster_ is distinct from " + CLUSTER + " from seal where id = 1");
    }

    private static boolean named(Connection connection) throws SQLException {
        return yes(connection, "select has_function_privilege('pg_control_system()', 'execute')");
    }

    /** Waits for those who write now, and lets nobody begin until the round is over. */
    private static void standStill(Connection connection) throws SQLException {
        execute(connection, "set local enable_seqscan = on");
        // Others queue behind this; when somebody writes for long it is tried again later.
        execute(connection, "set local lock_timeout = '2s'");
        execute(connection, "lock table ledger, outbox in share row exclusive mode");
        if (named(connection)) {
            execute(connection, "update seal set cluster_ = " + CLUSTER + " where id = 1");
        }
        // A number of another cluster must not look like one that is given here later.
        for (String table : List.of("ledger", "outbox")) {
            execute(
                    connection,
                    "update " + table + " set tx = null where tx >= pg_snapshot_xmin(pg_current_snapshot())");
        }
    }

    private @Nullable String snapshot(Connection connection) throws SQLException {
        if (!postgresql) {
            return null;
        }
        try (PreparedStatement statement =
                        connection.prepareStatement("select cast(pg_current_snapshot() as varchar)");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private long place(Connection connection, long from, @Nullable String seen, boolean anew) throws SQLException {
        long last = from;
        try (PreparedStatement statement = Unsealed.EVENTS.query(connection, "l.n", seen, anew)) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows = statement.executeQuery()) {
                List<Long> numbers = new ArrayList<>();
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                    if (numbers.size() == BATCH) {
                        last = storePlaces(connection, last, numbers);
                    }
                }
                return storePlaces(connection, last, numbers);
            }
        }
    }

    private Head chain(Connection connection, Head from, @Nullable String seen, boolean anew) throws SQLException {
        Head head = from;
        try (PreparedStatement statement = Unsealed.ENTRIES.query(connection, Chain.WRITTEN, seen, anew)) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows = statement.executeQuery()) {
                List<Long> numbers = new ArrayList<>();
                List<String> hashes = new ArrayList<>();
                while (rows.next()) {
                    LedgerEntry entry = Chain.unsealed(rows);
                    String hash = Chain.hash(head.hash(), head.seq() + 1, entry);
                    Instant at = entry.at().isAfter(head.at()) ? entry.at() : head.at();
                    head = new Head(head.seq() + 1, hash, head.position(), at);
                    numbers.add(rows.getLong("n"));
                    hashes.add(hash);
                    if (numbers.size() == BATCH) {
                        storeSeals(connection, head.seq(), numbers, hashes);
                    }
                }
                storeSeals(connection, head.seq(), numbers, hashes);
                return head;
            }
        }
    }

    private long storePlaces(Connection connection, long from, List<Long> numbers) throws SQLException {
        long last = from + numbers.size();
        if (!numbers.isEmpty() && postgresql) {
            try (PreparedStatement statement = connection.prepareStatement("insert into outbox_place (position, n)"
                    + " select ? + p.i, p.n from unnest(?) with ordinality as p (n, i)")) {
                statement.setLong(1, from);
                statement.setArray(2, connection.createArrayOf("bigint", numbers.toArray(Long[]::new)));
                statement.executeUpdate();
            }
        } else if (!numbers.isEmpty()) {
            try (PreparedStatement statement =
                    connection.prepareStatement("insert into outbox_place (position, n) values (?, ?)")) {
                for (int i = 0; i < numbers.size(); i++) {
                    statement.setLong(1, from + i + 1);
                    statement.setLong(2, numbers.get(i));
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        numbers.clear();
        return last;
    }

    private void storeSeals(Connection connection, long last, List<Long> numbers, List<String> hashes)
            throws SQLException {
        long from = last - numbers.size();
        if (!numbers.isEmpty() && postgresql) {
            try (PreparedStatement statement = connection.prepareStatement("insert into ledger_seal (seq, n, hash)"
                    + " select ? + s.i, s.n, s.hash from unnest(?, ?) with ordinality as s (n, hash, i)")) {
                statement.setLong(1, from);
                statement.setArray(2, connection.createArrayOf("bigint", numbers.toArray(Long[]::new)));
                statement.setArray(3, connection.createArrayOf("varchar", hashes.toArray(String[]::new)));
                statement.executeUpdate();
            }
        } else if (!numbers.isEmpty()) {
            try (PreparedStatement statement =
                    connection.prepareStatement("insert into ledger_seal (seq, n, hash) values (?, ?, ?)")) {
                for (int i = 0; i < numbers.size(); i++) {
                    statement.setLong(1, from + i + 1);
                    statement.setLong(2, numbers.get(i));
                    statement.setString(3, hashes.get(i));
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        numbers.clear();
        hashes.clear();
    }

    private static void store(Connection connection, Head next, long last) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update seal set seq = ?, hash = ?, position = ?, at = ? where id = 1")) {
            statement.setLong(1, next.seq());
            statement.setString(2, next.hash());
            statement.setLong(3, last);
            statement.setObject(4, next.at().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    private static void seen(Connection connection, @Nullable String entries, @Nullable String events)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update seal set ledger_seen ="
                + " cast(? as pg_snapshot), outbox_seen = cast(? as pg_snapshot) where id = 1")) {
            statement.setString(1, entries);
            statement.setString(2, events);
            statement.executeUpdate();
        }
    }

    private static void tell(Connection connection, long before, long last) throws SQLException {
        if (last > before) {
            try (PreparedStatement statement = connection.prepareStatement("select pg_notify('king', ?)")) {
                statement.setString(1, Long.toString(last));
                statement.execute();
            }
        }
    }

    private static boolean yes(Connection connection, String question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
