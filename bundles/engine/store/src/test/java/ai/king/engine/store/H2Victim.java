/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** One life of a process that commits on several threads, says so after each commit, and dies right after one of them. */
final class H2Victim {

    private static final int THREADS = 3;

    private H2Victim() {}

    /** An H2 file as the platform opens it, but space is used again at once and not after 45 seconds. */
    static DataSource open(Path folder) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:retry:" + folder.resolve("king")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=0");
        h2.setUser("king");
        h2.setPassword("");
        return OneWriter.of(h2);
    }

    public static void main(String[] args) throws SQLException, IOException {
        DataSource file = open(Path.of(args[0]));
        FileOutputStream said = new FileOutputStream(args[1], true);
        try (Connection connection = file.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table if not exists thing (id varchar(40) primary key, part int, text varchar(4000))");
            statement.execute("create index if not exists thing_part on thing (part)");
            statement.execute(
                    "create table if not exists line (n bigint generated always as identity, thing varchar(40))");
            statement.execute("create index if not exists line_thing on line (thing)");
        }
        for (int i = 0; i < THREADS; i++) {
            new Thread(() -> live(file, said)).start();
        }
    }

    private static void live(DataSource file, FileOutputStream said) {
        Random random = new Random();
        try (Connection connection = file.getConnection()) {
            connection.setAutoCommit(false);
            while (true) {
                String id = UUID.randomUUID().toString();
                change(
                        connection,
                        "insert into thing values (?, ?, ?)",
                        id,
                        random.nextInt(8),
                        "x".repeat(random.nextInt(3000)));
                change(connection, "insert into line (thing) values (?)", id);
                change(connection, "update thing set part = ? where id = ?", random.nextInt(8), id);
                connection.commit();
                synchronized (said) {
                    said.write((id + "\n").getBytes(StandardCharsets.UTF_8));
                    if (random.nextInt(8) == 0) {
                        Runtime.getRuntime().halt(0);
                    }
                }
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void change(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
