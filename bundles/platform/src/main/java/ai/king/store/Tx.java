/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One write transaction: state rows, the ledger entry and events become visible together or not at all. */
@ProviderType
public interface Tx extends Reader {

    /** Who writes. */
    Actor actor();

    /** The time of this transaction: the database's, never earlier than the last stored instant. */
    Instant now();

    /** Stores a new row at version 0; {@link DuplicateRow} when a unique key is taken (at the latest at commit). */
    <R extends Row> R insert(R row);

    /** Stores a changed row that was read at {@code row.version()}; {@link StaleRow} when it has changed since. */
    <R extends Row> R update(R row);

    /** As {@link #update(Row)}, but sends only what differs from the row as it was read. */
    default <R extends Row> R update(R before, R after) {
        return update(after);
    }

    /** Reads a row and locks it until the end of the transaction. */
    <R extends Row> Optional<R> lock(Class<R> type, String id);

    /**
     * Stores this transaction only if a row has these values then, and locks it: as {@link #lock} and a look at the row, but
     * sent with the writes. {@link StaleRow} when it has others, at the latest at commit.
     *
     * @param values by field; a collection stands for any of its values
     */
    <R extends Row> void require(Class<R> type, String id, Map<String, ?> values);

    <R extends Row> void delete(Class<R> type, String id);

    /**
     * Sends a statement with the other writes, in its place among them; for tables without a row type.
     *
     * @param table what it changes
     * @param values of its question marks
     */
    void execute(String table, String sql, Object... values);

    /**
     * Writes the ledger entry of this change; a write without one is refused. Data are ids and digests, never personal
     * data or secrets.
     *
     * @param action dotted verb such as {@code goal.submitted}
     * @param subject id of what it is about
     */
    void record(String action, String subject, Map<String, ?> data);

    /**
     * Sends an event after the commit, on every node, in order.
     *
     * @param type as in the HTTP contract: {@code goal.*}, {@code step.*}, {@code approval.required}
     * @param channels {@code global}, {@code business:<id>}, {@code goal:<id>}
     */
    void enqueue(String type, Map<String, ?> data, String... channels);

    /** Runs after the commit on this thread, not at all after a roll-back. For wake-ups, never for effects. */
    void afterCommit(Runnable action);
}
