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
import org.jspecify.annotations.Nullable;

/** How an entry of the ledger hangs on the one before: SHA-256 over previous hash, sequence and canonical JSON. */
final class Chain {

    static final String START = "0".repeat(64);

    /** The columns of an entry as it is written, of the ledger {@code l}. */
    static final String WRITTEN = "l.n, l.id, l.at, l.actor, l.action, l.subject, l.data";

    /** The columns that {@link #entry} reads, of the ledger {@code l}, its seal {@code s} and the seal before, {@code p}. */
    static final String COLUMNS = WRITTEN + ", s.seq, s.hash, p.hash as previous_hash";

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

    /** An entry that has no seal yet. */
    static LedgerEntry unsealed(ResultSet row) throws SQLException {
        return entry(row, null, null, null);
    }

    /** An entry with its seal, if it has one. */
    static LedgerEntry entry(ResultSet row) throws SQLException {
        Long seq = row.getObject("seq", Long.class);
        String previous = seq != null && seq == 1 ? START : row.getString("previous_hash");
        return entry(row, seq, row.getString("hash"), previous);
    }

    private static LedgerEntry entry(
            ResultSet row, @Nullable Long seq, @Nullable String hash, @Nullable String previous) throws SQLException {
        return new LedgerEntry(
                row.getString("id"),
                seq,
                instant(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                Json.readMap(row.getString("data")),
                hash,
                previous);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
