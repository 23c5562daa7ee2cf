/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** The peer of everything that is stored: one row in one transaction through the same pool, as plain as can be. */
final class Inserts {

    private static final String TEXT = "x".repeat(300);

    private final DataSource dataSource;

    Inserts(DataSource dataSource) throws SQLException {
        this.dataSource = dataSource;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table bench_insert (id varchar(40) primary key, at timestamptz, data text)");
        }
    }

    /** One after the other. */
    void one(int rows, Times times) throws SQLException {
        for (int i = 0; i < rows; i++) {
            long start = System.nanoTime();
            insert();
            times.add(System.nanoTime() - start);
        }
    }

    private void insert() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("insert into bench_insert (id, at, data) values (?, ?, ?)")) {
            statement.setString(1, UUID.randomUUID().toString());
            statement.setObject(2, OffsetDateTime.now());
            statement.setString(3, TEXT);
            statement.executeUpdate();
        }
    }

    /** Many at once; how many a second. */
    double together(int threads, int each) throws SQLException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    one(each, new Times());
                    return null;
                }));
            }
            for (Future<?> future : all) {
                future.get();
            }
            return threads * each / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        } finally {
            pool.shutdown();
        }
    }
}
