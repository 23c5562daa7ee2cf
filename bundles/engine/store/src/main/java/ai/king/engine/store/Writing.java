/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Row;
import ai.king.store.Tx;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One write transaction; joined writes of other actors are views on it. */
final class Writing implements Tx {

    private static final String LEDGER =
            "insert into ledger (id, at, actor, action, subject, data) values (?, ?, ?, ?, ?, ?)";
    private static final String OUTBOX = "insert into outbox (type, at, data, channels) values (?, ?, ?, ?)";
    private static final String REQUEST = "insert into request (id, digest, subject, at) values (?, ?, ?, ?)";

    /** An event of the outbox as sinks hear of it: without what people wrote. */
    record Happened(String type, Map<String, String> attributes) {}

    /** What of an event's data is an id or a name. */
    private static final List<String> TOLD = List.of(
            "id",
            "proposalId",
            "goalId",
            "stepId",
            "businessId",
            "agent",
            "plug",
            "node",
            "kind",
            "status",
            "risk",
            "release");

    /** What the views of one transaction share. */
    private static final class Shared {
        private final List<Runnable> afterCommit = new ArrayList<>();
        private final List<Happened> happened = new ArrayList<>();
        private final Set<String> requests = new HashSet<>();
        private boolean recorded;
        private boolean failed;
    }

    private final Session session;
    private final Actor actor;
    private final Instant now;
    private final Supplier<String> ids;
    private final Shared shared;

    Writing(Session session, Actor actor, Instant now, Supplier<String> ids) {
        this(session, actor, now, ids, new Shared());
    }

    private Writing(Session session, Actor actor, Instant now, Supplier<String> ids, Shared shared) {
        this.session = session;
        this.actor = actor;
        this.now = now;
        this.ids = ids;
        this.shared = shared;
    }

    /** The same transaction for another actor. */
    Writing as(Actor other) {
        return other.equals(actor) ? this : new Writing(session, other, now, ids, shared);
    }

    /** A joined write failed: whoever catches that cannot save the rest. */
    void fail() {
        shared.failed = true;
    }

    void commit() {
        if (shared.failed) {
            throw new IllegalStateException("a write that was part of this one failed; nothing is stored");
        }
        if (!shared.recorded) {
            throw new IllegalStateException("a write without a ledger entry: call record() in it");
        }
        session.commit();
    }

    List<Runnable> afterCommit() {
        return shared.afterCommit;
    }

    /** The events of this transaction, in their order. */
    List<Happened> happened() {
        return shared.happened;
    }

    @Override
    public Actor actor() {
        return actor;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public <R extends Row> R insert(R row) {
        @SuppressWarnings("unchecked")
        Mapping<R> mapping = Mappings.of((Class<R>) row.getClass());
        R first = mapping.first(row);
        session.buffer().addInsert(mapping.table(), mapping.insert(), mapping.values(first));
        return first;
    }

    @Override
    public <R extends Row> R update(R row) {
        return change(null, row);
    }

    @Override
    public <R extends Row> R update(R before, R after) {
        return change(before, after);
    }

    private <R extends Row> R change(@Nullable R before, R after) {
        @SuppressWarnings("unchecked")
        Mapping<R> mapping = Mappings.of((Class<R>) after.getClass());
        String what = mapping.type().getSimpleName() + " " + after.id();
        Mapping.Change<R> change = mapping.change(before, after);
        session.buffer().addMustHit(mapping.table(), change.sql(), what, change.values());
        return change.row();
    }

    @Override
    public <R extends Row> Optional<R> lock(Class<R> type, String id) {
        return session.lock(type, id);
    }

    @Override
    public <R extends Row> void require(Class<R> type, String id, Map<String, ?> values) {
        Mapping<R> mapping = Mappings.of(type);
        List<Object> bound = new ArrayList<>(List.of(id));
        StringBuilder sql = new StringBuilder("select 1 from " + mapping.table() + " where id = ?");
        values.forEach((field, value) -> {
            Collection<?> any = value instanceof Collection<?> many ? many : List.of(value);
            sql.append(" and ").append(mapping.column(field)).append(" in (");
            sql.append(String.join(", ", Collections.nCopies(any.size(), "?"))).append(")");
            any.forEach(each -> bound.add(mapping.stored(field, each)));
        });
        String what = type.getSimpleName() + " " + id;
        session.buffer().addMustBe(mapping.table(), sql.append(" for update").toString(), what, bound.toArray());
    }

    @Override
    public void execute(String table, String sql, Object... values) {
        session.buffer().add(table, sql, values);
    }

    @Override
    public <R extends Row> void delete(Class<R> type, String id) {
        Mapping<R> mapping = Mappings.of(type);
        session.buffer().add(mapping.table(), mapping.delete(), id);
    }

    @Override
    public void record(String action, String subject, Map<String, ?> data) {
        shared.recorded = true;
        actor.request().ifPresent(key -> {
            if (shared.requests.add(key.key())) {
                session.buffer().addInsert("request", REQUEST, key.key(), key.digest(), subject, now);
            }
        });
        String who = actor.kind().name().toLowerCase(Locale.ROOT) + ":" + actor.name();
        session.buffer().addInsert("ledger", LEDGER, ids.get(), now, who, action, subject, Json.write(data));
    }

    @Override
    public void enqueue(String type, Map<String, ?> data, String... channels) {
        session.buffer().addInsert("outbox", OUTBOX, type, now, Json.write(data), String.join(" ", channels));
        Map<String, String> told = new LinkedHashMap<>();
        for (String key : TOLD) {
            Object value = data.get(key);
            if (value != null) {
                told.put(key, value.toString());
            }
        }
        shared.happened.add(new Happened(type, told));
    }

    @Override
    public void afterCommit(Runnable action) {
        shared.afterCommit.add(action);
    }

    @Override
    public <R extends Row> Optional<R> find(Class<R> type, String id) {
        return session.find(type, id);
    }

    @Override
    public <R extends Row> Page<R> page(Query<R> query) {
        return session.page(query);
    }

    @Override
    public <R extends Row> List<R> list(Query<R> query) {
        return session.list(query);
    }

    @Override
    public <R extends Row> long count(Query<R> query) {
        return session.count(query);
    }

    @Override
    public Connection connection() {
        return session.connection();
    }
}
