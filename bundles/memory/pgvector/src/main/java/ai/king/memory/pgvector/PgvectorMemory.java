/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pgvector;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.memory.Entry;
import ai.king.memory.MemoryName;
import ai.king.memory.MemoryStore;
import ai.king.memory.Recalled;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Memory in a PostgreSQL with the extension vector. Connects at the first call. */
@Component(
        configurationPid = "ai.king.memory.pgvector",
        configurationPolicy = REQUIRE,
        property = "king.reaches=postgresql://*")
@Designate(ocd = PgvectorMemory.Config.class, factory = true)
@MemoryName("pgvector")
public final class PgvectorMemory implements MemoryStore {

    @ObjectClassDefinition(name = "pgvector memory", description = "Keeps memories in a PostgreSQL")
    @interface Config {
        @AttributeDefinition(
                description = "The database, as jdbc:postgresql://host:5432/name; without one this memory is not used")
        String url() default "";

        @AttributeDefinition(description = "Its user")
        String user() default "king";

        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "The user's password, as $[secret:name] or $[env:NAME]")
        String _password() default "";

        @AttributeDefinition(description = "The table that holds the entries; made when it is not there")
        String table() default "king_memory";

        @AttributeDefinition(description = "Connections at once")
        int connections() default 4;

        @AttributeDefinition(description = "Seconds a statement may take")
        int seconds() default 10;

        @AttributeDefinition(description = "Of several memories the one with the lowest rank is asked first")
        int king_memory_rank() default 10;

        @AttributeDefinition(description = "Whether one index serves all nodes")
        boolean king_memory_shared() default true;
    }

    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
    private static final int BATCH = 100;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Table table;
    private final boolean configured;
    private final @Nullable Connections connections;

    @Activate
    public PgvectorMemory(Config config) {
        table = new Table(config.table());
        configured = !config.url().isBlank();
        connections = configured ? new Connections(config) : null;
    }

    @Override
    public List<String> missing() {
        return configured ? List.of() : List.of("the address of a PostgreSQL (url)");
    }

    private <T> T with(Connections.Work<T> work) {
        Connections open = connections;
        if (open == null) {
            throw new IllegalStateException("no url is configured");
        }
        return open.with(connection -> {
            table.ready(connection);
            return work.on(connection);
        });
    }

    @Override
    public void remember(Entry entry, float[] vector) {
        remember(List.of(entry), List.of(vector));
    }

    /** One transaction for all. */
    @Override
    public void remember(List<Entry> entries, List<float[]> vectors) {
        with(connection -> {
            for (float[] vector : vectors) {
                table.index(connection, vector.length);
            }
            String sql = "insert into " + table.name()
                    + " (namespace, id, writer, text, marked, attributes, at, dimension, embedding)"
                    + " values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::vector)"
                    + " on conflict (namespace, id) do update set writer = excluded.writer, text = excluded.text,"
                    + " marked = excluded.marked, attributes = excluded.attributes, at = excluded.at,"
                    + " dimension = excluded.dimension, embedding = excluded.embedding";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < entries.size(); i++) {
                    bind(statement, entries.get(i), vectors.get(i));
                    statement.addBatch();
                    if (i % BATCH == BATCH - 1) {
                        statement.executeBatch();
                    }
                }
                return statement.executeBatch();
            }
        });
    }

    private void bind(PreparedStatement statement, Entry entry, float[] vector) throws SQLException {
        statement.setString(1, entry.namespace());
        statement.setString(2, entry.id());
        statement.setString(3, entry.writer());
        statement.setString(4, entry.text());
        statement.setBoolean(5, entry.marked());
        statement.setString(6, json(entry.attributes()));
        statement.setObject(7, entry.at().atOffset(ZoneOffset.UTC));
        statement.setInt(8, vector.length);
        statement.setString(9, text(vector));
    }

    private String json(Map<String, String> attributes) {
        try {
            return mapper.writeValueAsString(attributes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("attributes cannot be written", e);
        }
    }

    /** As the extension reads it. */
    private static String text(float[] vector) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < vector.length; i++) {
            text.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return text.append(']').toString();
    }

    @Override
    public List<Recalled> recall(String namespace, float[] vector, Map<String, String> filter, int limit) {
        return with(connection -> {
            search(connection, limit);
            List<Recalled> found = nearest(connection, namespace, vector, filter, limit);
            if (found.size() < limit && table.filters()) {
                // Few in a large table: the index may have given up before it met them all.
                set(connection, "enable_indexscan = off");
                found = nearest(connection, namespace, vector, filter, limit);
            }
            return found;
        });
    }

    /** The index goes on until enough of the namespace are found; without that it would answer too few. */
    private void search(Connection connection, int limit) throws SQLException {
        if (table.filters()) {
            set(connection, "hnsw.iterative_scan = strict_order");
            set(connection, "hnsw.ef_search = " + Math.max(40, Math.min(1000, limit * 4)));
        }
    }

    private static void set(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local " + setting);
        }
    }

    private List<Recalled> nearest(
            Connection connection, String namespace, float[] vector, Map<String, String> filter, int limit)
            throws SQLException {
        String type = "vector(" + vector.length + ")";
        String sql = "select id, writer, text, marked, attributes, at, 1 - (embedding::" + type + " <=> ?::" + type
                + ") from " + table.name() + " where dimension = " + vector.length + " and namespace = ?"
                + (filter.isEmpty() ? "" : " and attributes @> ?::jsonb")
                + " order by embedding::" + type + " <=> ?::" + type + " limit ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            statement.setString(next++, text(vector));
            statement.setString(next++, namespace);
            if (!filter.isEmpty()) {
                statement.setString(next++, json(filter));
            }
            statement.setString(next++, text(vector));
            statement.setInt(next, limit);
            List<Recalled> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(recalled(namespace, rows));
                }
            }
            return List.copyOf(found);
        }
    }

    private Recalled recalled(String namespace, ResultSet row) throws SQLException {
        try {
            Entry entry = new Entry(
                    row.getString(1),
                    namespace,
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4),
                    Map.copyOf(mapper.readValue(row.getString(5), ATTRIBUTES)),
                    row.getObject(6, OffsetDateTime.class).toInstant());
            return new Recalled(entry, Math.max(-1, Math.min(1, row.getDouble(7))));
        } catch (JsonProcessingException e) {
            throw new SQLException("attributes cannot be read", e);
        }
    }

    @Override
    public void forget(String namespace, List<String> ids) {
        with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "delete from " + table.name() + " where namespace = ? and id = any (?)")) {
                statement.setString(1, namespace);
                statement.setArray(2, connection.createArrayOf("text", ids.toArray()));
                return statement.executeUpdate();
            }
        });
    }

    @Deactivate
    void close() {
        Connections open = connections;
        if (open != null) {
            open.close();
        }
    }
}
