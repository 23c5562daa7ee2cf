/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Json;
import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import ai.king.store.Page;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Query.Condition;
import ai.king.store.Reader;
import ai.king.store.Row;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.store.Tx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The store's promises in memory: one writer at a time, everything of a write or nothing, versions, a ledger entry each. */
public final class FakeStore implements Store, Payloads, Ledger {

    /** By field; asked for once a class, because reflection copies them each time and every row of a query is looked at. */
    private static final ClassValue<Map<String, Method>> GETTERS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents())
                    .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getAccessor));
        }
    };

    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
    private final List<LedgerEntry> entries = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile Map<Class<?>, TreeMap<String, Row>> tables = Map.of();
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private volatile boolean down;
    private @Nullable Writing joined;

    /** Moves the clock. */
    public void advance(java.time.Duration by) {
        now = now.plus(by);
    }

    /** The database goes away, or comes back. */
    public void down(boolean gone) {
        down = gone;
    }

    /** Replaces stored bytes behind everybody's back. */
    public void damage(String digest, byte[] other) {
        bytes.put(digest, other);
    }

    public String keep(byte[] value) {
        String digest = Json.sha256(value);
        bytes.put(digest, value);
        return digest;
    }

    /** Types of the events, in order. */
    public List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public synchronized <T> T write(Actor actor, Function<Tx, T> work) {
        available();
        Writing outer = joined;
        if (outer != null) {
            return work.apply(outer);
        }
        Writing tx = new Writing(actor, copy(tables));
        joined = tx;
        T result;
        try {
            result = work.apply(tx);
            if (tx.entries.isEmpty()) {
                throw new IllegalStateException("a write without a ledger entry");
            }
        } finally {
            joined = null;
        }
        tables = tx.rows;
        entries.addAll(tx.entries);
        events.addAll(tx.events);
        tx.after.forEach(Runnable::run);
        return result;
    }

    @Override
    public <T> T read(Function<Reader, T> work) {
        available();
        return work.apply(new Writing(Actor.system("read"), tables));
    }

    @Override
    public Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    @Override
    public String newId() {
        return String.format("id-%06d", ids.incrementAndGet());
    }

    @Override
    public String put(Tx tx, InputStream in, @Nullable Instant expires) {
        try {
            return keep(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<InputStream> open(String digest) {
        available();
        return Optional.ofNullable(bytes.get(digest)).map(ByteArrayInputStream::new);
    }

    @Override
    public void erase(Tx tx, String digest) {
        bytes.remove(digest);
    }

    @Override
    public Page<LedgerEntry> page(@Nullable String cursor, int limit) {
        return new Page<>(entries, null);
    }

    @Override
    public List<LedgerEntry> about(String subject) {
        return entries.stream().filter(entry -> entry.subject().equals(subject)).toList();
    }

    @Override
    public Verification verify() {
        return new Verification(true, entries.size(), 0, Optional.empty());
    }

    private void available() {
        if (down) {
            throw new StoreUnavailable("the database does not answer", new IOException("test"));
        }
    }

    private static Map<Class<?>, TreeMap<String, Row>> copy(Map<Class<?>, TreeMap<String, Row>> tables) {
        Map<Class<?>, TreeMap<String, Row>> copy = new HashMap<>();
        tables.forEach((type, rows) -> copy.put(type, new TreeMap<>(rows)));
        return copy;
    }

    private static @Nullable Object field(Object row, String name) {
        Method getter = GETTERS.get(row.getClass()).get(name);
        if (getter == null) {
            throw new IllegalArgumentException("no field " + name + " in " + row.getClass());
        }
        try {
            return getter.invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <R extends Row> R next(R row) {
        try {
            RecordComponent[] components = row.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            @Nullable Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = components[i].getName().equals("version")
                        ? Long.valueOf(row.version() + 1)
                        : components[i].getAccessor().invoke(row);
            }
            @SuppressWarnings("unchecked")
            R next = (R) row.getClass().getDeclaredConstructor(types).newInstance(values);
            return next;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Writing implements Tx {

        private final Actor actor;
        private final Map<Class<?>, TreeMap<String, Row>> rows;
        private final List<LedgerEntry> entries = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private final List<Runnable> after = new ArrayList<>();

        Writing(Actor actor, Map<Class<?>, TreeMap<String, Row>> rows) {
            this.actor = actor;
            this.rows = rows;
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
            if (rows.computeIfAbsent(row.getClass(), type -> new TreeMap<>()).putIfAbsent(row.id(), row) != null) {
                throw new DuplicateRow(row.id(), new IllegalStateException());
            }
            return row;
        }

        @Override
        public <R extends Row> R update(R row) {
            Row there = rows.getOrDefault(row.getClass(), new TreeMap<>()).get(row.id());
            if (there == null || there.version() != row.version()) {
                throw new StaleRow(row.id(), new IllegalStateException());
            }
            R next = next(row);
            rows.get(row.getClass()).put(row.id(), next);
            return next;
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
            if (list(query).isEmpty()) {
                throw new StaleRow(id, new IllegalStateException());
            }
        }

        @Override
        public void execute(String table, String sql, Object... values) {
            throw new UnsupportedOperationException("there is no database here");
        }

        @Override
        public <R extends Row> void delete(Class<R> type, String id) {
            rows.getOrDefault(type, new TreeMap<>()).remove(id);
        }

        @Override
        public void record(String action, String subject, Map<String, ?> data) {
            entries.add(new LedgerEntry(
                    newId(), null, now, actor.name(), action, subject, new HashMap<>(data), null, null));
        }

        @Override
        public void enqueue(String type, Map<String, ?> data, String... channels) {
            events.add(type);
        }

        @Override
        public void afterCommit(Runnable action) {
            after.add(action);
        }

        @Override
        public <R extends Row> Optional<R> find(Class<R> type, String id) {
            return Optional.ofNullable(rows.getOrDefault(type, new TreeMap<>()).get(id))
                    .map(type::cast);
        }

        @Override
        public <R extends Row> Page<R> page(Query<R> query) {
            List<R> all = list(query);
            return new Page<>(all.subList(0, Math.min(query.limit(), all.size())), null);
        }

        @Override
        public <R extends Row> List<R> list(Query<R> query) {
            List<Query.Order> order = query.order();
            TreeMap<String, Row> all = rows.getOrDefault(query.type(), new TreeMap<>());
            // Rows that are equal by the order stand by their ids, in the direction of its last part.
            boolean ascending = !order.isEmpty() && order.get(order.size() - 1).ascending();
            List<R> found = new ArrayList<>();
            for (Row row : (ascending ? all : all.descendingMap()).values()) {
                if (query.conditions().stream().allMatch(condition -> holds(row, condition))) {
                    found.add(query.type().cast(row));
                }
            }
            for (int i = order.size() - 1; i >= 0; i--) {
                String field = order.get(i).field();
                Comparator<R> by = Comparator.comparing(row -> comparable(field(row, field)));
                found.sort(order.get(i).ascending() ? by : by.reversed());
            }
            return found;
        }

        @SuppressWarnings("unchecked")
        private Comparable<Object> comparable(@Nullable Object value) {
            return (Comparable<Object>) value;
        }

        private boolean holds(Row row, Condition condition) {
            Object value = field(row, condition.field());
            return switch (condition.comparison()) {
                case EQUAL -> condition.value().equals(value);
                case NOT_EQUAL -> !condition.value().equals(value);
                case IN -> ((Collection<?>) condition.value()).contains(value);
                case IS_NULL -> value == null;
                case NOT_NULL -> value != null;
                case LESS -> compared(value, condition) < 0;
                case LESS_OR_EQUAL -> compared(value, condition) <= 0;
                case GREATER -> compared(value, condition) > 0;
                case GREATER_OR_EQUAL -> compared(value, condition) >= 0;
            };
        }

        private int compared(@Nullable Object value, Condition condition) {
            return comparable(value).compareTo(condition.value());
        }

        @Override
        public <R extends Row> long count(Query<R> query) {
            return list(query).size();
        }

        @Override
        public Connection connection() {
            throw new UnsupportedOperationException("no connection in memory");
        }
    }
}
