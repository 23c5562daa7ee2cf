/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is committed and not sealed, of one of the two tables. An H2 file has one writer at a time, so there it is what has a
 * higher number than the last one sealed. On PostgreSQL a lower number may be committed later than a higher one: there it is
 * what a transaction wrote that the sealer's last round did not see.
 */
enum Unsealed {
    ENTRIES("ledger", "ledger_seal", "seq", "ledger_seen"),
    EVENTS("outbox", "outbox_place", "position", "outbox_seen");

    private final String table;
    private final String sealed;
    private final String place;
    private final String seen;

    Unsealed(String table, String sealed, String place, String seen) {
        this.table = table;
        this.sealed = sealed;
        this.place = place;
        this.seen = seen;
    }

    /** Next to nothing of large tables waits, whatever is known of them when a query is planned in this transaction. */
    static void byIndex(Connection connection, boolean postgresql) throws SQLException {
        if (postgresql) {
            try (PreparedStatement statement = connection.prepareStatement("set local enable_seqscan = off")) {
                statement.execute();
            }
        }
    }

    /** Whether a row waits for the sealer, as a condition. */
    String any(boolean postgresql) {
        // One question for each way into the index: asked at once they would be answered by reading all of it.
        return postgresql
                ? exists("l.tx >= pg_snapshot_xmax(" + seen() + ")") + " or "
                        + exists("l.tx = any(array(select pg_snapshot_xip(" + seen() + ")))")
                : exists(waits(false));
    }

    private String exists(String condition) {
        return "exists (select 1 from " + table + " l where " + condition + ")";
    }

    /** The rows, {@code l}, that wait for the sealer. */
    String waiting(boolean postgresql) {
        return " from " + table + " l where " + waits(postgresql);
    }

    private String waits(boolean postgresql) {
        return postgresql
                ? "(l.tx >= pg_snapshot_xmax(" + seen() + ") or l.tx = any(array(select pg_snapshot_xip(" + seen()
                        + "))))"
                : "l.n > coalesce((select n from " + sealed + " order by " + place + " desc limit 1), 0)";
    }

    private String seen() {
        return "(select " + seen + " from seal where id = 1)";
    }

    /** There is no seal for a row, whatever was seen. */
    private String lacksSeal() {
        return "not exists (select 1 from " + sealed + " s where s.n = l.n)";
    }

    /**
     * The query of what is to be sealed, in the order of the inserts.
     *
     * @param until the snapshot that sees all of it; null on H2
     * @param anew whether what was seen before says nothing
     */
    PreparedStatement query(Connection connection, String columns, @Nullable String until, boolean anew)
            throws SQLException {
        String select = "select " + columns + " from " + table + " l where ";
        boolean seeing = until != null && !anew;
        PreparedStatement statement = connection.prepareStatement(select
                + (anew ? lacksSeal() : waits(until != null))
                + (seeing ? " and pg_visible_in_snapshot(l.tx, cast(? as pg_snapshot))" : "")
                + " order by l.n");
        if (seeing) {
            statement.setString(1, until);
        }
        return statement;
    }
}
