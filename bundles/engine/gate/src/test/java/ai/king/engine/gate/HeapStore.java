/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Row;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Goal;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Rows in memory with a clock that a test turns: for tens of thousands of short histories, one thread at a time. */
final class HeapStore extends Clock implements Store {

    private Map<String, Row> rows = new HashMap<>();
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private long ids;

    void turn(Duration by) {
        now = now.plus(by);
    }

    @Override
    public <T> T write(Actor actor, Function<Tx, T> work) {
        Map<String, Row> before = new HashMap<>(rows);
        Writing tx = new Writing(actor);
        try {
            T result = work.apply(tx);
            if (!tx.recorded) {
                throw new IllegalStateException("a write without a ledger entry");
            }
            tx.after.forEach(Runnable::run);
            return result;
        } catch (RuntimeException e) {
            rows = before;
            throw e;
        }
    }

    @Override
    public <T> T read(Function<ai.king.store.Reader, T> work) {
        return work.apply(new Writing(Actor.system("test")));
    }

    @Override
    public Clock clock() {
        return this;
    }

    @Override
    public String newId() {
        return String.format("%08d", ++ids);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    private static String key(Class<?> type, String id) {
        return type.getSimpleName() + "/" + id;
    }

    private static Object value(Row row, String field) {
        try {
            for (RecordComponent component : row.getClass().getRecordComponents()) {
                if (component.getName().equals(field)) {
                    component.getAccessor().setAccessible(true);
                    return component.getAccessor().invoke(row);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalArgumentException(field);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static boolean holds(Row row, Query.Condition condition) {
        Object there = value(row, condition.field());
        Object wanted = condition.value();
        return switch (condition.comparison()) {
            case EQUAL -> Objects.equals(there, wanted);
            case NOT_EQUAL -> !Objects.equals(there, wanted);
            case IN -> ((Collection<?>) wanted).contains(there);
            case IS_NULL -> there == null;
            case NOT_NULL -> there != null;
            case LESS -> there != null && ((Comparable) there).compareTo(wanted) < 0;
            case LESS_OR_EQUAL -> there != null && ((Comparable) there).compareTo(wanted) <= 0;
            case GREATER -> there != null && ((Comparable) there).compareTo(wanted) > 0;
            case GREATER_OR_EQUAL -> there != null && ((Comparable) there).compareTo(wanted) >= 0;
        };
    }

    private final class Writing implements Tx {
        private final Actor actor;
        private final List<Runnable> after = new ArrayList<>();
        private boolean recorded;

        Writing(Actor actor) {
            this.actor = actor;
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
            if (rows.putIfAbsent(key(row.getClass(), row.id()), row) != null) {
                throw new DuplicateRow(row.id(), null);
            }
            return row;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R extends Row> R update(R row) {
            Row there = rows.get(key(row.getClass(), row.id()));
            if (there == null || there.version() != row.version()) {
                throw new StaleRow(row.id(), null);
            }
            R next = (R) at(row, row.version() + 1);
            rows.put(key(row.getClass(), row.id()), next);
            return next;
        }

        private Row at(Row row, long version) {
            try {
                RecordComponent[] components = row.getClass().getRecordComponents();
                Object[] values = new Object[components.length];
                Class<?>[] types = new Class<?>[components.length];
                for (int i = 0; i < components.length; i++) {
                    types[i] = components[i].getType();
                    values[i] = components[i].getName().equals("version")
                            ? (Object) version
                            : value(row, components[i].getName());
                }
                return (Row) row.getClass().getDeclaredConstructor(types).newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public <R extends Row> Optional<R> lock(Class<R> type, String id) {
            return find(type, id);
        }

        @Override
        public <R extends Row> void require(Class<R> type, String id, Map<String, ?> values) {
            Query<R> query = Query.of(type).where("id", id);
            for (Map.Entry<String, ?> each : values.entrySet()) {
                query = each.getValue() instanceof Collection<?> any
                        ? query.in(each.getKey(), any)
                        : query.where(each.getKey(), each.getValue());
            }
            // Goals are the work engine's; here only their names occur.
            if (type != Goal.class && list(query).isEmpty()) {
                throw new StaleRow(id, null);
            }
        }

        @Override
        public void execute(String table, String sql, Object... values) {
            throw new UnsupportedOperationException("there is no database here");
        }

        @Override
        public <R extends Row> void delete(Class<R> type, String id) {
            rows.remove(key(type, id));
        }

        @Override
        public void record(String action, String subject, Map<String, ?> data) {
            recorded = true;
        }

        @Override
        public void enqueue(String type, Map<String, ?> data, String... channels) {}

        @Override
        public void afterCommit(Runnable action) {
            after.add(action);
        }

        @Override
        public <R extends Row> Optional<R> find(Class<R> type, String id) {
            return Optional.ofNullable(type.cast(rows.get(key(type, id))));
        }

        @Override
        public <R extends Row> Page<R> page(Query<R> query) {
            return new Page<>(list(query), null);
        }

        @Override
        public <R extends Row> List<R> list(Query<R> query) {
            return rows.values().stream()
                    .filter(query.type()::isInstance)
                    .map(query.type()::cast)
                    .filter(row -> query.conditions().stream().allMatch(condition -> holds(row, condition)))
                    .toList();
        }

        @Override
        public <R extends Row> long count(Query<R> query) {
            return list(query).size();
        }

        @Override
        public Connection connection() {
            throw new UnsupportedOperationException("there is no database here");
        }
    }
}
