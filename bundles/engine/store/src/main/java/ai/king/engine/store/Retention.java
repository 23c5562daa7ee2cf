/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Removes what is kept for a time only: expired payloads, events that nobody resumes at, old idempotency keys. */
final class Retention {

    private static final Duration EVENTS = Duration.ofDays(7);
    private static final Duration REQUESTS = Duration.ofDays(30);

    /** Places up to the first event that is there. */
    private static final String PLACES =
            "delete from outbox_place where position < (select p.position from outbox_place p"
                    + " join outbox o on o.n = p.n order by p.position limit 1)";

    private final Database database;
    private final JpaStore store;

    Retention(Database database, JpaStore store) {
        this.database = database;
        this.store = store;
    }

    void run() {
        Instant now = store.clock().instant();
        database.inTransaction(connection -> {
            PiecewisePayloads.remove(connection, "expires_at <= ?", at(now));
            remove(connection, events(), now.minus(EVENTS));
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(PLACES);
            }
            // A key that stands for a kept money effect is found again by the call's own key, not by this table.
            remove(connection, "delete from request where at < ?", now.minus(REQUESTS));
            return true;
        });
    }

    /** Of what has its place. */
    private String events() {
        return "delete from outbox where at < ? and "
                + (database.postgresql()
                        ? "exists (select 1 from seal where (tx is null or pg_visible_in_snapshot(tx, outbox_seen)) and outbox_seen is not null)"
                        : "n <= (select n from outbox_place order by position desc limit 1)");
    }

    private static void remove(Connection connection, String sql, Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, at(before));
            statement.executeUpdate();
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
