/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Payloads;
import ai.king.store.RequestLog;
import ai.king.store.Store;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;

/**
 * A fresh database with all tables, and a store on it: {@link #h2()} needs nothing, {@link #postgresql()} starts a real
 * PostgreSQL once. Engines use it through the test jar of this bundle.
 */
public final class TestDatabase implements AutoCloseable {

    /** Which database. */
    public enum Kind {
        H2,
        POSTGRESQL;

        /** A fresh one. */
        public TestDatabase open() {
            return this == H2 ? h2() : postgresql();
        }
    }

    private final HikariDataSource pool;
    private final EntityManagerFactory factory;
    final Database database;
    final JpaStore store;

    private static EmbeddedPostgres server;
    private static int databases;

    private TestDatabase(DatabaseUrl url, String user) {
        DataSource plain = url.open(user, "");
        Migrations.run(plain, url.h2());
        HikariConfig settings = new HikariConfig();
        settings.setDataSource(plain);
        settings.setMaximumPoolSize(16);
        settings.setConnectionTimeout(5000);
        pool = new HikariDataSource(settings);
        factory = Persistence.createEntityManagerFactory(
                "king", Map.of("javax.persistence.nonJtaDataSource", pool, "eclipselink.session-name", url.text()));
        database = new Database(pool);
        store = new JpaStore(factory, database);
    }

    private TestDatabase(HikariDataSource pool, EntityManagerFactory factory) {
        this.pool = pool;
        this.factory = factory;
        this.database = new Database(pool);
        this.store = new JpaStore(factory, database);
    }

    public static TestDatabase h2() {
        try {
            return new TestDatabase(DatabaseUrl.embedded(Files.createTempDirectory("king-store")), "king");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static synchronized TestDatabase postgresql() {
        try {
            if (server == null) {
                // As in production: the embedded one would not wait for the disk.
                server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            }
            return postgresql(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same on a server of the caller's, with the caller's settings. */
    public static synchronized TestDatabase postgresql(EmbeddedPostgres server) {
        try {
            String name = "king" + databases++;
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return new TestDatabase(new DatabaseUrl(server.getJdbcUrl("postgres", name)), "postgres");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Store store() {
        return store;
    }

    /** Lets time pass for the store and all that goes by its clock. */
    public void later(Duration time) {
        ((DatabaseClock) store.clock()).atLeast(store.clock().instant().plus(time));
    }

    public Payloads payloads() {
        return new PiecewisePayloads(database, store);
    }

    public RequestLog requests() {
        return new RequestTable(database);
    }

    /** A second node on the same database. */
    public TestDatabase secondNode() {
        return new TestDatabase(pool, factory);
    }

    void loseConnections() {
        pool.close();
    }

    /** One that seals what was committed; close it. */
    Sealer sealer() {
        return new Sealer(database, store);
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        factory.close();
        pool.close();
    }
}
