/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Reads rows; valid inside one {@link Store#read} or {@link Store#write}, on the calling thread. */
@ProviderType
public interface Reader {

    <R extends Row> Optional<R> find(Class<R> type, String id);

    /** A page of rows by keyset: its cost does not grow with the rows before it. */
    <R extends Row> Page<R> page(Query<R> query);

    /** The rows of a query without its limit's page; for queries whose conditions bound them. */
    <R extends Row> List<R> list(Query<R> query);

    <R extends Row> long count(Query<R> query);

    /**
     * The connection of this transaction, for bulk rows and aggregates over an engine's own tables. Never closed, committed
     * or rolled back by the caller. SQL must run on H2 and PostgreSQL alike.
     */
    Connection connection();
}
