/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pgvector;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.postgresql.ds.PGSimpleDataSource;

/** A few connections, looked at before they are used; no thread watches them. */
final class Connections implements AutoCloseable {

    /** So that the server ends a statement that takes too long, and not the socket. */
    private static final int MARGIN_SECONDS = 5;

    /** What is done with one connection, in one transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final GenericObjectPool<Connection> pool;

    Connections(PgvectorMemory.Config config) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(config.url());
        source.setUser(config.user());
        source.setPassword(config._password());
        source.setLoginTimeout(config.seconds());
        source.setConnectTimeout(config.seconds());
        source.setSocketTimeout(config.seconds() + MARGIN_SECONDS);
        source.setApplicationName("king-memory");
        // Unnamed statements: they go through any pooler between here and the server.
        source.setPrepareThreshold(0);
        GenericObjectPoolConfig<Connection> settings = new GenericObjectPoolConfig<>();
        settings.setMaxTotal(config.connections());
        settings.setMaxIdle(config.connections());
        settings.setMaxWait(Duration.ofSeconds(config.seconds()));
        settings.setTestOnBorrow(true);
        settings.setJmxEnabled(false);
        pool = new GenericObjectPool<>(new Factory(source, config.seconds()), settings);
    }

    /** Opens and closes connections for the pool. */
    private static final class Factory extends BasePooledObjectFactory<Connection> {
        private final PGSimpleDataSource source;
        private final int seconds;

        Factory(PGSimpleDataSource source, int seconds) {
            this.source = source;
            this.seconds = seconds;
        }

        @Override
        public Connection create() throws SQLException {
            Connection connection = source.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("set statement_timeout = " + seconds * 1000L);
            }
            connection.setAutoCommit(false);
            return connection;
        }

        @Override
        public PooledObject<Connection> wrap(Connection connection) {
            return new DefaultPooledObject<>(connection);
        }

        @Override
        public boolean validateObject(PooledObject<Connection> pooled) {
            try {
                return pooled.getObject().isValid(2);
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void destroyObject(PooledObject<Connection> pooled) throws SQLException {
            pooled.getObject().close();
        }
    }

    /** Commits what the work does, all or nothing. */
    <T> T with(Work<T> work) {
        Connection connection = borrow();
        try {
            T result = work.on(connection);
            connection.commit();
            pool.returnObject(connection);
            return result;
        } catch (SQLException e) {
            broken(connection);
            throw new IllegalStateException("the memory's PostgreSQL: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            broken(connection);
            throw e;
        }
    }

    private Connection borrow() {
        try {
            return pool.borrowObject();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a connection");
        } catch (Exception e) {
            throw new IllegalStateException("the memory's PostgreSQL cannot be reached: " + e.getMessage());
        }
    }

    private void broken(Connection connection) {
        try {
            pool.invalidateObject(connection);
        } catch (Exception e) {
            throw new IllegalStateException("a connection cannot be closed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
