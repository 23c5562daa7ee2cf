/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneWriterTest {

    @TempDir
    private Path folder;

    private DataSource file;

    @BeforeEach
    void makeTable() throws SQLException {
        file = DatabaseUrl.embedded(folder).open("king", "");
        try (Connection connection = file.getConnection()) {
            run(connection, "create table thing (n int primary key)");
        }
    }

    @Test
    void theSecondChangeWaitsForTheCommitOfTheFirst() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (Connection first = begin()) {
            run(first, "insert into thing values (1)");
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
                try (Connection connection = begin()) {
                    begun.countDown();
                    run(connection, "insert into thing values (2)");
                    order.add("second");
                    connection.commit();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            begun.await();
            order.add("first");
            first.commit();
            second.join();
        }
        assertThat(order).containsExactly("first", "second");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void readersDoNotWait() throws Exception {
        try (Connection first = begin()) {
            run(first, "insert into thing values (1)");
            assertThat(CompletableFuture.supplyAsync(this::count).join()).isZero();
            first.rollback();
        }
        assertThat(count()).isZero();
    }

    @Test
    void anInterruptedThreadStoresItsChangeAndStaysInterrupted() throws Exception {
        boolean interrupted;
        try (Connection connection = begin()) {
            run(connection, "insert into thing values (1)");
            Thread.currentThread().interrupt();
            connection.commit();
        } finally {
            interrupted = Thread.interrupted();
        }
        assertThat(interrupted).isTrue();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aFailedChangeGivesTheTurnOnWithItsConnection() throws Exception {
        try (Connection connection = begin()) {
            run(connection, "insert into thing values (1)");
            assertThatThrownBy(() -> run(connection, "insert into thing values (1)"))
                    .isInstanceOf(SQLException.class);
        }
        try (Connection connection = file.getConnection()) {
            assertThatThrownBy(() -> run(connection, "insert into nothing values (1)"))
                    .isInstanceOf(SQLException.class);
        }
        CompletableFuture.runAsync(() -> {
                    try (Connection connection = file.getConnection()) {
                        run(connection, "insert into thing values (3)");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .join();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aSecondConnectionOfTheSameThreadHasTheTurnAlready() throws Exception {
        try (Connection outer = begin()) {
            run(outer, "insert into thing values (1)");
            try (Connection inner = begin()) {
                run(inner, "insert into thing values (2)");
                inner.commit();
            }
            outer.commit();
        }
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void lockingARowIsAChange() {
        assertThat(OneWriter.changes("SELECT a FROM b WHERE c = ? FOR UPDATE")).isTrue();
        assertThat(OneWriter.changes(" select a from b")).isFalse();
        assertThat(OneWriter.changes("with x as (select 1) delete from b")).isTrue();
    }

    private Connection begin() throws SQLException {
        Connection connection = file.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count() {
        try (Connection connection = file.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from thing")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
