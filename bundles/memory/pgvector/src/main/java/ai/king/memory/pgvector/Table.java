/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pgvector;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The table and its indexes, made when they are not there. Vectors of any dimension stand in one column; each dimension has an
 * HNSW index of its own, where the extension can search one under a filter (since 0.8). An older extension compares all
 * vectors of a namespace: slower, and never short of results.
 */
final class Table {

    /** The extension's HNSW holds at most so many numbers. */
    private static final int LONGEST = 2000;

    private static final int LOCK = 1_797_693_134;

    private final String name;
    private final Set<Integer> indexed = ConcurrentHashMap.newKeySet();
    private volatile boolean there;
    private volatile boolean filters;

    Table(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("table: letters, digits and _ only: " + name);
        }
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Whether a search may use the index. */
    boolean filters() {
        return filters;
    }

    void ready(Connection connection) throws SQLException {
        if (there) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            // Two nodes at once: "if not exists" alone does not keep them apart.
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("create extension if not exists vector");
            statement.execute("create table if not exists " + name + " (namespace text not null, id text not null,"
                    + " writer text not null, text text not null, marked boolean not null, attributes jsonb not null,"
                    + " at timestamptz not null, dimension integer not null, embedding vector not null,"
                    + " primary key (namespace, id))");
            try (ResultSet row =
                    statement.executeQuery("select extversion from pg_extension where extname = 'vector'")) {
                filters = row.next() && since08(row.getString(1));
            }
        }
        connection.commit();
        there = true;
    }

    private static boolean since08(String version) {
        String[] parts = version.split("\\.");
        int major = Integer.parseInt(parts[0]);
        return major > 0 || (parts.length > 1 && Integer.parseInt(parts[1]) >= 8);
    }

    void index(Connection connection, int dimension) throws SQLException {
        if (!filters || dimension > LONGEST || !indexed.add(dimension)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("create index if not exists " + name + "_" + dimension + " on " + name
                    + " using hnsw ((embedding::vector(" + dimension + ")) vector_cosine_ops) where dimension = "
                    + dimension);
            connection.commit();
        } catch (SQLException e) {
            indexed.remove(dimension);
            throw e;
        }
    }
}
