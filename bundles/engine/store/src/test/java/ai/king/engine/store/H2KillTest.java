/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What H2 has said to be committed is there after a kill, whole. Not so with 2.5.252, which opens a file without what its last
 * life committed ({@code -Dking.kills=200} for more lives).
 */
class H2KillTest {

    private static final int LIVES = Integer.getInteger("king.kills", 10);

    @TempDir
    private Path folder;

    @Test
    void everyCommitOutlivesAKillWithAllItsRowsAndIndexes() throws Exception {
        Path said = folder.resolve("said");
        for (int life = 0; life < LIVES; life++) {
            live(said);
            List<String> committed = Files.readAllLines(said);
            try (Connection connection = H2Victim.open(folder).getConnection()) {
                List<String> rows = read(connection, "select id from thing");
                assertThat(rows).as("life " + life).containsAll(committed);
                assertThat(read(connection, "select thing from line")).containsExactlyInAnyOrderElementsOf(rows);
                assertThat(read(connection, "select id from thing where part in (0, 1, 2, 3, 4, 5, 6, 7)"))
                        .containsExactlyInAnyOrderElementsOf(rows);
            }
        }
    }

    private void live(Path said) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        H2Victim.class.getName(),
                        folder.toString(),
                        said.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
    }

    private static List<String> read(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
