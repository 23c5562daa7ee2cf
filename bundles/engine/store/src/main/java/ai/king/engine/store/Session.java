/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Row;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;

/** One database transaction and what it reads: always what the database has, never what was read before. */
final class Session implements Reader {

    private static final Map<String, Object> REFRESH = Map.of("eclipselink.refresh", true);

    private final EntityManager entities;
    private final Connection connection;
    private final WriteBuffer buffer;

    /** Begins a transaction; the connection is taken now, so that EclipseLink reads on it, too. */
    Session(EntityManager entities, boolean postgresql) {
        this.entities = entities;
        entities.getTransaction().begin();
        this.connection = entities.unwrap(Connection.class);
        this.buffer = new WriteBuffer(connection, postgresql);
    }

    WriteBuffer buffer() {
        return buffer;
    }

    @Override
    public <R extends Row> Optional<R> find(Class<R> type, String id) {
        return find(Mappings.of(type), id, null);
    }

    <R extends Row> Optional<R> lock(Class<R> type, String id) {
        // Rows are locked in the order in which they were asked for.
        buffer.flushIfItLocks();
        return find(Mappings.of(type), id, LockModeType.PESSIMISTIC_WRITE);
    }

    private <R extends Row> Optional<R> find(Mapping<R> mapping, String id, @Nullable LockModeType lock) {
        buffer.flush(mapping.table());
        Object found = lock == null
                ? entities.find(mapping.entity(), id, REFRESH)
                : entities.find(mapping.entity(), id, lock, REFRESH);
        Optional<R> row = Optional.ofNullable(found).map(mapping::row);
        entities.clear();
        return row;
    }

    @Override
    public <R extends Row> Page<R> page(Query<R> query) {
        Page<R> page = keyset(query).page();
        entities.clear();
        return page;
    }

    @Override
    public <R extends Row> List<R> list(Query<R> query) {
        List<R> rows = keyset(query).list();
        entities.clear();
        return rows;
    }

    @Override
    public <R extends Row> long count(Query<R> query) {
        return keyset(query).count();
    }

    private <R extends Row> Keyset<R> keyset(Query<R> query) {
        Mapping<R> mapping = Mappings.of(query.type());
        buffer.flush(mapping.table());
        return new Keyset<>(entities, mapping, query);
    }

    @Override
    public Connection connection() {
        buffer.flush();
        return connection;
    }

    void commit() {
        buffer.flushAndCommit();
        entities.getTransaction().commit();
    }

    void rollback() {
        if (entities.getTransaction().isActive()) {
            entities.getTransaction().rollback();
        }
    }

    void close() {
        // The persistence unit closes its sessions when the database is configured anew under a reader.
        if (entities.isOpen()) {
            entities.close();
        }
    }
}
