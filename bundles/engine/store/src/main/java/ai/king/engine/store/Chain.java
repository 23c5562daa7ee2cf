/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Json;
import ai.king.store.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** How an entry of the ledger hangs on the one before: SHA-256 over previous hash, sequence and canonical JSON. */
final class Chain {

    static final String START = "0".repeat(64);

    /** The columns that {@link #entry} reads. */
    static final String COLUMNS = "id, seq, at, actor, action, subject, data, hash, previous_hash";

    private Chain() {}

    static String hash(String previous, long seq, LedgerEntry entry) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("id", entry.id());
        said.put("at", entry.at().toString());
        said.put("actor", entry.actor());
        said.put("action", entry.action());
        said.put("subject", entry.subject());
        said.put("data", entry.data());
        String canonical = new String(Json.canonical(said), StandardCharsets.UTF_8);
        return Json.sha256(previous + "|" + seq + "|" + canonical);
    }

    static LedgerEntry entry(ResultSet row) throws SQLException {
        return new LedgerEntry(
                row.getString("id"),
                row.getObject("seq", Long.class),
                instant(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                Json.readMap(row.getString("data")),
                row.getString("hash"),
                row.getString("previous_hash"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
