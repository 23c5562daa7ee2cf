/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.LedgerEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One round of the sealer, in one transaction. */
final class Sealing {

    private static final int BATCH = 1000;

    private static final Change SEAL = new Change(
            "update ledger set seq = ?, hash = ?, previous_hash = ? where n = ?",
            "update ledger set seq = s.seq, hash = s.hash, previous_hash = s.previous"
                    + " from unnest(?, ?, ?, ?) as s (seq, hash, previous, n) where ledger.n = s.n",
            List.of("bigint", "varchar", "varchar", "bigint"));
    private static final Change PLACE = new Change(
            "update outbox set position = ? where n = ?",
            "update outbox set position = p.position from unnest(?, ?) as p (position, n) where outbox.n = p.n",
            List.of("bigint", "bigint"));

    private final boolean postgresql;

    Sealing(boolean postgresql) {
        this.postgresql = postgresql;
    }

    /** @param position the last one given to an event */
    record Done(long position, boolean more) {}

    /**
     * @param oneByOne for each row
     * @param atOnce for arrays of its values, in the same order
     * @param types of the values
     */
    private record Change(String oneByOne, String atOnce, List<String> types) {}

    /** How far the sealing is. */
    private record Head(long seq, String hash, long position, Instant at) {}

    /** Seals at most a thousand entries and as many events. */
    Done batch(Connection connection) throws SQLException {
        Head head = unsealed(connection) ? head(connection, " for update skip locked") : null;
        if (head == null) {
            Head now = head(connection, "");
            return new Done(now == null ? 0 : now.position(), false);
        }
        // Events first: the ledger entry of an event that has its position is sealed, too.
        List<Long> events = readEvents(connection);
        List<LedgerEntry> entries = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        readEntries(connection, entries, numbers);
        Head next = chain(connection, head, entries, numbers);
        long last = place(connection, head.position(), events);
        try (PreparedStatement statement =
                connection.prepareStatement("update seal set seq = ?, hash = ?, position = ?, at = ? where id = 1")) {
            statement.setLong(1, next.seq());
            statement.setString(2, next.hash());
            statement.setLong(3, last);
            statement.setObject(4, next.at().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
        if (postgresql && last > head.position()) {
            try (PreparedStatement statement = connection.prepareStatement("select pg_notify('king', ?)")) {
                statement.setString(1, Long.toString(last));
                statement.execute();
            }
        }
        return new Done(last, entries.size() == BATCH || events.size() == BATCH);
    }

    private static boolean unsealed(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select exists (select 1 from ledger where seq is null)"
                                + " or exists (select 1 from outbox where position is null)");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
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

    private static void readEntries(Connection connection, List<LedgerEntry> entries, List<Long> numbers)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select n, " + Chain.COLUMNS + " from ledger where seq is null order by n limit " + BATCH);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong("n"));
                entries.add(Chain.entry(rows));
            }
        }
    }

    private static List<Long> readEvents(Connection connection) throws SQLException {
        List<Long> events = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "select n from outbox where position is null order by n limit " + BATCH);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                events.add(rows.getLong(1));
            }
        }
        return events;
    }

    private Head chain(Connection connection, Head from, List<LedgerEntry> entries, List<Long> numbers)
            throws SQLException {
        Head head = from;
        List<Object[]> sealed = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            LedgerEntry entry = entries.get(i);
            String hash = Chain.hash(head.hash(), head.seq() + 1, entry);
            sealed.add(new Object[] {head.seq() + 1, hash, head.hash(), numbers.get(i)});
            Instant at = entry.at().isAfter(head.at()) ? entry.at() : head.at();
            head = new Head(head.seq() + 1, hash, head.position(), at);
        }
        change(connection, SEAL, sealed);
        return head;
    }

    private long place(Connection connection, long from, List<Long> events) throws SQLException {
        long last = from;
        List<Object[]> placed = new ArrayList<>();
        for (long event : events) {
            placed.add(new Object[] {++last, event});
        }
        change(connection, PLACE, placed);
        return last;
    }

    /** The same change of many rows. PostgreSQL gets them as arrays in one statement: half the work of one for each row. */
    private void change(Connection connection, Change change, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        if (postgresql) {
            try (PreparedStatement statement = connection.prepareStatement(change.atOnce())) {
                for (int column = 0; column < change.types().size(); column++) {
                    int at = column;
                    Object[] values = rows.stream().map(row -> row[at]).toArray();
                    statement.setArray(
                            column + 1, connection.createArrayOf(change.types().get(column), values));
                }
                statement.executeUpdate();
            }
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(change.oneByOne())) {
            for (Object[] row : rows) {
                for (int column = 0; column < row.length; column++) {
                    statement.setObject(column + 1, row[column]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
