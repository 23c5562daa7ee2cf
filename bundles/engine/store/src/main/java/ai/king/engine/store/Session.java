/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Query.Comparison;
import ai.king.store.Query.Condition;
import ai.king.store.Reader;
import ai.king.store.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.persistence.EntityManager;

/** One database transaction and what it reads: always what the database has, never what was read before. */
final class Session implements Reader {

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
        return find(Mappings.of(type), id, "");
    }

    <R extends Row> Optional<R> lock(Class<R> type, String id) {
        // Rows are locked in the order in which they were asked for.
        buffer.flushIfItLocks();
        return find(Mappings.of(type), id, " for update");
    }

    private <R extends Row> Optional<R> find(Mapping<R> mapping, String id, String lock) {
        buffer.flush(mapping.table());
        return select(mapping, mapping.select() + " where id = ?" + lock, List.of(id)).stream()
                .findFirst();
    }

    /** By keys alone a plain statement does, at a fraction of what a criteria query costs. */
    private <R extends Row> Optional<List<R>> byKeys(Mapping<R> mapping, Query<R> query) {
        List<Condition> keys = query.conditions();
        if (keys.isEmpty()
                || !query.order().isEmpty()
                || keys.stream().anyMatch(key -> key.comparison() != Comparison.EQUAL || key.value() == null)) {
            return Optional.empty();
        }
        buffer.flush(mapping.table());
        String where =
                keys.stream().map(key -> mapping.column(key.field()) + " = ?").collect(Collectors.joining(" and "));
        List<Object> values = new ArrayList<>();
        keys.forEach(key -> values.add(mapping.stored(key.field(), Objects.requireNonNull(key.value()))));
        return Optional.of(select(mapping, mapping.select() + " where " + where + " order by id desc", values));
    }

    private <R extends Row> List<R> select(Mapping<R> mapping, String sql, List<Object> values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            WriteBuffer.bind(statement, 1, values.toArray());
            List<R> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(mapping.row(found));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    @Override
    public <R extends Row> Page<R> page(Query<R> query) {
        Page<R> page = keyset(query).page();
        entities.clear();
        return page;
    }

    @Override
    public <R extends Row> List<R> list(Query<R> query) {
        return byKeys(Mappings.of(query.type()), query).orElseGet(() -> {
            List<R> rows = keyset(query).list();
            entities.clear();
            return rows;
        });
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
