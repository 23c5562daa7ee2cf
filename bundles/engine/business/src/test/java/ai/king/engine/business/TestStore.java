/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.business.Reading;
import ai.king.business.Readings;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Json;
import ai.king.store.Page;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Row;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A store in memory: rows in maps, records in an H2 database with the real migration; rolls back as the real one does. */
final class TestStore implements Store, Payloads, AutoCloseable {

    static final Path MIGRATION = Path.of("../store/src/main/resources/db/migration/V10__business_records.sql");

    /** Reads nothing but what is plain text anyway. */
    static final Readings UNREAD = (type, bytes) -> new Reading.Unreadable("not read here");

    private final Connection connection;
    private final Map<String, byte[]> payloads = new HashMap<>();
    private final List<String> ledger = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private Map<String, Row> rows = new LinkedHashMap<>();
    private Instant now = Instant.parse("2026-10-01T09:00:00Z");
    private long ids;

    TestStore() {
        try {
            // H2 unless a run wants to see the same on another database.
            connection = DriverManager.getConnection(
                    System.getProperty("king.test.jdbc", "jdbc:h2:mem:" + UUID.randomUUID()));
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(Files.readString(MIGRATION).replace("${id}", "varchar(200)"));
            }
            connection.commit();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A business that is there, with id b-1. */
    TestStore withBusiness() {
        rows.put(
                "Business:b-1",
                new Business(
                        "b-1", "Test", "ecommerce", null, "USD", Business.Status.OPERATION, null, null, now, now, 0));
        return this;
    }

    TestStore at(Instant time) {
        now = time;
        return this;
    }

    List<String> ledger() {
        return ledger;
    }

    List<String> events() {
        return events;
    }

    <R extends Row> List<R> all(Class<R> type) {
        return rows.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public <T> T write(Actor actor, Function<Tx, T> work) {
        Map<String, Row> before = new LinkedHashMap<>(rows);
        int entries = ledger.size();
        try {
            T answer = work.apply(new TestTx(actor));
            if (ledger.size() == entries) {
                throw new IllegalStateException("a write without a ledger entry");
            }
            connection.commit();
            return answer;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            rows = before;
            while (ledger.size() > entries) {
                ledger.remove(ledger.size() - 1);
            }
            rollback();
            throw e;
        }
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> T read(Function<ai.king.store.Reader, T> work) {
        return work.apply(new TestTx(Actor.system("test")));
    }

    @Override
    public Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    @Override
    public String newId() {
        return String.format("0192-%08d", ++ids);
    }

    @Override
    public String put(Tx tx, InputStream bytes, Instant expires) {
        try {
            byte[] read = bytes.readAllBytes();
            payloads.put(Json.sha256(read), read);
            return Json.sha256(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<InputStream> open(String digest) {
        return Optional.ofNullable(payloads.get(digest)).map(ByteArrayInputStream::new);
    }

    @Override
    public void erase(Tx tx, String digest) {
        payloads.remove(digest);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private final class TestTx implements Tx {
        private final Actor actor;

        TestTx(Actor actor) {
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
            if (rows.putIfAbsent(key(row.getClass(), row.id()), stored(row)) != null) {
                throw new DuplicateRow("taken: " + row.id(), new IllegalStateException());
            }
            return row;
        }

        @Override
        public <R extends Row> R update(R row) {
            rows.put(key(row.getClass(), row.id()), row);
            return row;
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
            rows.remove(key(type, id));
        }

        @Override
        public void record(String action, String subject, Map<String, ?> data) {
            ledger.add(action + " " + subject + " " + Json.write(data));
        }

        @Override
        public void enqueue(String type, Map<String, ?> data, String... channels) {
            events.add(type + " " + String.join(" ", channels));
        }

        @Override
        public void afterCommit(Runnable action) {
            action.run();
        }

        @Override
        public <R extends Row> Optional<R> find(Class<R> type, String id) {
            return Optional.ofNullable(rows.get(key(type, id))).map(type::cast);
        }

        @Override
        public <R extends Row> Page<R> page(Query<R> query) {
            List<R> found = list(query);
            return new Page<>(found.subList(0, Math.min(query.limit(), found.size())), null);
        }

        @Override
        public <R extends Row> List<R> list(Query<R> query) {
            List<R> found = new ArrayList<>(all(query.type()));
            found.removeIf(row -> !query.conditions().stream().allMatch(c -> holds(row, c)));
            found.sort(Comparator.comparing(Row::id));
            Collections.reverse(found);
            return found;
        }

        @Override
        public <R extends Row> long count(Query<R> query) {
            return list(query).size();
        }

        @Override
        public Connection connection() {
            return connection;
        }

        private static String key(Class<?> type, String id) {
            return type.getSimpleName() + ":" + id;
        }

        /** As a database gives it back: through JSON, so that a Long may come back as an Integer. */
        private static Row stored(Row row) {
            return Json.read(Json.write(row), row.getClass());
        }

        private static boolean holds(Row row, Query.Condition condition) {
            Object value = component(row, condition.field());
            return switch (condition.comparison()) {
                case EQUAL -> String.valueOf(value).equals(String.valueOf(condition.value()));
                case GREATER_OR_EQUAL -> !((Instant) value).isBefore((Instant) condition.value());
                default -> throw new IllegalArgumentException("not here: " + condition.comparison());
            };
        }

        private static Object component(Row row, String field) {
            try {
                for (RecordComponent component : row.getClass().getRecordComponents()) {
                    if (component.getName().equals(field)) {
                        return component.getAccessor().invoke(row);
                    }
                }
                throw new IllegalArgumentException(row.getClass() + " has no " + field);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
