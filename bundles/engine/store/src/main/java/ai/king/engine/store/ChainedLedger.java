/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import ai.king.store.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The ledger's table, read. */
@Component
public final class ChainedLedger implements Ledger {

    private static final int MOST = 500;

    private static final String BEFORE = " left join ledger_seal p on p.seq = s.seq - 1";
    private static final String SEALED = " from ledger_seal s join ledger l on l.n = s.n" + BEFORE;
    /** Seals whose entry is gone, too. */
    private static final String VERIFIED = " from ledger_seal s left join ledger l on l.n = s.n" + BEFORE;

    private final Database database;

    @Activate
    public ChainedLedger(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Page<LedgerEntry> page(@Nullable String cursor, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("the limit of a page is 1 to " + MOST);
        }
        long before = cursor == null ? Long.MAX_VALUE : sequence(cursor);
        List<LedgerEntry> found = database.inTransaction(connection -> select(
                connection,
                "select " + Chain.COLUMNS + SEALED + " where s.seq < ? order by s.seq desc" + first(limit + 1),
                before));
        boolean more = found.size() > limit;
        List<LedgerEntry> shown = more ? List.copyOf(found.subList(0, limit)) : found;
        return new Page<>(shown, more ? String.valueOf(shown.get(limit - 1).seq()) : null);
    }

    private static long sequence(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the cursor is not one of this list", e);
        }
    }

    @Override
    public List<LedgerEntry> about(String subject) {
        List<LedgerEntry> latest = database.inTransaction(connection -> select(
                connection,
                "select " + Chain.COLUMNS + " from ledger l left join ledger_seal s on s.n = l.n" + BEFORE
                        + " where l.subject = ? order by l.n desc" + first(MOST),
                subject));
        Collections.reverse(latest);
        return latest;
    }

    /** The number is part of the text: not knowing that it is small, PostgreSQL would read whole tables to join them. */
    private static String first(int limit) {
        return " limit " + limit;
    }

    private static List<LedgerEntry> select(Connection connection, String sql, Object key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, key);
            List<LedgerEntry> entries = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(Chain.entry(rows));
                }
            }
            return entries;
        }
    }

    @Override
    public Verification verify() {
        return database.inTransaction(connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            long unsealed = number(
                    connection,
                    "select count(*) from ledger l where not exists (select 1 from ledger_seal s where s.n = l.n)");
            long end = number(connection, "select seq from seal where id = 1");
            try (PreparedStatement statement =
                    connection.prepareStatement("select " + Chain.COLUMNS + VERIFIED + " order by s.seq")) {
                statement.setFetchSize(1000);
                try (ResultSet rows = statement.executeQuery()) {
                    return follow(rows, unsealed, end);
                }
            }
        });
    }

    /** The sealer's own row says where the chain ends, so that cutting off its tail shows, too. */
    private static Verification follow(ResultSet rows, long unsealed, long end) throws SQLException {
        String previous = Chain.START;
        long entries = 0;
        while (rows.next()) {
            long expected = ++entries;
            if (rows.getString("id") == null || rows.getLong("seq") != expected) {
                return new Verification(false, entries, unsealed, Optional.of(expected));
            }
            LedgerEntry entry = Chain.entry(rows);
            String hash = Chain.hash(previous, expected, entry);
            if (!hash.equals(entry.hash())) {
                return new Verification(false, entries, unsealed, Optional.of(expected));
            }
            previous = hash;
        }
        boolean whole = entries == end;
        return new Verification(whole, entries, unsealed, whole ? Optional.empty() : Optional.of(entries + 1));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
