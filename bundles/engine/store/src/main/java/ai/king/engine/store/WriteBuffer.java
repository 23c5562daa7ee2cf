/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.engine.store.Pending.Kind;
import ai.king.store.StaleRow;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.persistence.OptimisticLockException;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a transaction, held back and sent together in their order. PostgreSQL takes them all in one round
 * trip, which is most of what a stored step costs; EclipseLink would need one for each table, and a select before each
 * update.
 */
final class WriteBuffer {

    /** Statements sent as one at most: as many different texts stay prepared in the driver. */
    private static final int TOGETHER = 12;

    private static final int FULL = 400;
    private static final String CHANGED = " was changed or removed by somebody else";

    /** The state of the error that {@code must_hit} raises. */
    private static final String MISSED = "KG001";

    private final Connection connection;
    private final boolean oneRoundTrip;
    private final List<Pending> pending = new ArrayList<>();

    WriteBuffer(Connection connection, boolean oneRoundTrip) {
        this.connection = connection;
        this.oneRoundTrip = oneRoundTrip;
    }

    void add(String table, String sql, @Nullable Object... values) {
        put(new Pending(Kind.OTHER, table, sql, values, null));
    }

    /** A statement that only adds a row and ends with its values. */
    void addInsert(String table, String sql, @Nullable Object... values) {
        put(new Pending(Kind.INSERT, table, sql, values, null));
    }

    /** A statement that must change a row; {@link StaleRow} when it is sent and does not. */
    void addMustHit(String table, String sql, String row, @Nullable Object[] values) {
        put(new Pending(Kind.CHANGE, table, sql, values, row));
    }

    /** A query that must find and lock a row; {@link StaleRow} when it is sent and does not. */
    void addMustBe(String table, String sql, String row, @Nullable Object[] values) {
        put(new Pending(Kind.LOCK, table, sql, values, row));
    }

    private void put(Pending statement) {
        pending.add(statement);
        if (pending.size() >= FULL) {
            flush();
        }
    }

    /** Sends all when a change of this table waits. */
    void flush(String table) {
        for (Pending statement : pending) {
            if (statement.table().equals(table) && !statement.locks()) {
                flush();
                return;
            }
        }
    }

    /** Sends all when a lock is among it. */
    void flushIfItLocks() {
        if (pending.stream().anyMatch(Pending::locks)) {
            flush();
        }
    }

    void flush() {
        send(false);
    }

    /** Sends all, and the commit in the same round trip where that can be; the transaction's own commit then has nothing to do. */
    void flushAndCommit() {
        send(true);
    }

    private void send(boolean commit) {
        if (pending.isEmpty()) {
            return;
        }
        // Locks come first: what they ask is how things were before this transaction's own changes.
        List<Pending> all = Stream.concat(
                        pending.stream().filter(Pending::locks),
                        pending.stream().filter(each -> !each.locks()))
                .toList();
        pending.clear();
        try {
            List<Pending> few = oneRoundTrip ? Pending.merged(all) : all;
            if (oneRoundTrip && few.size() <= TOGETHER) {
                together(few, commit);
            } else {
                inRuns(all);
            }
        } catch (SQLException e) {
            throw MISSED.equals(e.getSQLState()) ? stale(Failures.reason(e)) : Failures.translate(e);
        }
    }

    private void together(List<Pending> all, boolean commit) throws SQLException {
        Combined combined = new Combined(all);
        String sql = combined.text() + (commit ? ";\ncommit" : "");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, 1, combined.values());
            statement.execute();
        }
    }

    private void inRuns(List<Pending> all) throws SQLException {
        int from = 0;
        while (from < all.size()) {
            int to = from + 1;
            while (to < all.size() && all.get(to).sql().equals(all.get(from).sql())) {
                to++;
            }
            run(all.subList(from, to));
            from = to;
        }
    }

    private void run(List<Pending> equal) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(equal.get(0).sql())) {
            if (equal.get(0).locks()) {
                for (Pending each : equal) {
                    bind(statement, 1, each.values());
                    try (ResultSet found = statement.executeQuery()) {
                        check(each, found.next() ? 1 : 0);
                    }
                }
                return;
            }
            if (equal.size() == 1) {
                bind(statement, 1, equal.get(0).values());
                check(equal.get(0), statement.executeUpdate());
                return;
            }
            for (Pending each : equal) {
                bind(statement, 1, each.values());
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                check(equal.get(i), counts[i]);
            }
        }
    }

    private static void check(Pending statement, int count) {
        if (statement.row() != null && count == 0) {
            throw stale(statement.row() + CHANGED);
        }
    }

    private static StaleRow stale(String message) {
        return new StaleRow(message, new OptimisticLockException(message));
    }

    static int bind(PreparedStatement statement, int first, @Nullable Object[] values) throws SQLException {
        int index = first;
        for (Object value : values) {
            bind(statement, index++, value);
        }
        return index;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof BigDecimal number) {
            statement.setBigDecimal(index, number);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            statement.setObject(index, value);
        }
    }
}
