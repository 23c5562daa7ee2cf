/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.store.StoreUnavailable;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that runs full under the embedded database, and has room again. */
class FullDiskTest {

    @TempDir
    private Path folder;

    private HikariDataSource pool;
    private final AtomicInteger next = new AtomicInteger();

    @BeforeEach
    void makeTable() throws SQLException {
        pool = Connector.pool(FullDisk.url(folder).open("king", ""), 4);
        run("create table thing (n int primary key)");
    }

    @AfterEach
    void close() {
        FullDisk.free();
        pool.close();
    }

    @Test
    void whatIsNotStoredIsNotAcknowledgedAndItGoesOnByItselfWithEverythingThatWas() throws Exception {
        List<Integer> stored = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stored.add(insert());
        }
        // A connection that knows the file from before, as a busy platform has them.
        try (Connection old = pool.getConnection()) {
            assertThat(old.isValid(1)).isTrue();
            FullDisk.fill();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(this::insert)
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(Failures.translate(e))
                                .isInstanceOf(StoreUnavailable.class));
            }
            FullDisk.free();
            stored.add(awaitInsert());
            assertThatThrownBy(() -> run(old, "insert into thing values (0)")).isInstanceOf(SQLException.class);
        }
        try (Connection one = pool.getConnection();
                Connection two = pool.getConnection();
                Connection three = pool.getConnection()) {
            stored.add(awaitInsert());
            run(one, "insert into thing values (100)");
            run(two, "insert into thing values (101)");
            run(three, "insert into thing values (102)");
        }
        assertThat(rows()).containsAll(stored).contains(100, 101, 102).doesNotContain(0);

        pool.close();
        pool = Connector.pool(FullDisk.url(folder).open("king", ""), 4);
        assertThat(rows()).containsAll(stored);
    }

    @Test
    void manyThreadsGoOnToo() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<List<Integer>>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(threads.submit(() -> insertUntil(stop)));
            }
            for (int round = 0; round < 5; round++) {
                awaitInsert();
                FullDisk.fill();
                assertThatThrownBy(() -> {
                            while (true) {
                                insert();
                            }
                        })
                        .isInstanceOf(SQLException.class);
                FullDisk.free();
            }
            awaitInsert();
            stop.set(true);
            Set<Integer> lost = new HashSet<>();
            for (Future<List<Integer>> each : all) {
                lost.addAll(each.get());
            }
            rows().forEach(lost::remove);
            assertThat(lost).as("acknowledged and not there").isEmpty();
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    /** The numbers whose insertion was acknowledged. */
    private List<Integer> insertUntil(AtomicBoolean stop) {
        List<Integer> stored = new ArrayList<>();
        while (!stop.get()) {
            try {
                stored.add(insert());
            } catch (SQLException e) {
                assertThat(Failures.translate(e)).isInstanceOf(StoreUnavailable.class);
                Thread.yield();
            }
        }
        return stored;
    }

    private int awaitInsert() throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return insert();
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private int insert() throws SQLException {
        int n = next.incrementAndGet();
        run("insert into thing values (" + n + ")");
        return n;
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            connection.commit();
        }
    }

    private List<Integer> rows() throws SQLException {
        List<Integer> rows = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select n from thing order by n")) {
            while (found.next()) {
                rows.add(found.getInt(1));
            }
        }
        return rows;
    }
}
