/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.kit.Configs;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PgvectorMemoryTest {

    private static Entry entry(String namespace, String id) {
        return new Entry(id, namespace, "pat", "text", false, Map.of(), Instant.EPOCH);
    }

    private static float[] random(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static String plan(Server server, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local enable_seqscan = off");
            statement.execute("set local enable_sort = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery(
                    "explain select id from " + table
                            + " where dimension = 8 order by embedding::vector(8) <=> '[1,0,0,0,0,0,0,0]'::vector(8) limit 5")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    @Test
    void eachDimensionHasAnIndexAndItsOwnNeighbours() throws SQLException {
        try (Server server = Server.start()) {
            PgvectorMemory memory = server.memory(Map.of("table", "by_dimension"));
            memory.remember(entry("n", "eight"), random(new Random(1), 8));
            memory.remember(entry("n", "four"), random(new Random(1), 4));
            assertThat(memory.recall("n", random(new Random(2), 8), Map.of(), 10))
                    .extracting(found -> found.entry().id())
                    .containsExactly("eight");
            assertThat(memory.recall("n", random(new Random(2), 4), Map.of(), 10))
                    .hasSize(1);
            memory.close();
            assertThat(plan(server, "by_dimension")).contains("by_dimension_8");
        }
    }

    @Test
    void aSmallNamespaceInALargeTableIsFoundWhole() {
        try (Server server = Server.start()) {
            PgvectorMemory memory = server.memory(Map.of());
            Random random = new Random(3);
            List<Entry> entries = new ArrayList<>();
            List<float[]> vectors = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                entries.add(entry("large", "e" + i));
                vectors.add(random(random, 8));
            }
            memory.remember(entries, vectors);
            for (int i = 0; i < 12; i++) {
                memory.remember(entry("small", "s" + i), random(random, 8));
            }
            for (int i = 0; i < 10; i++) {
                List<Recalled> found = memory.recall("small", random(random, 8), Map.of(), 12);
                assertThat(found).hasSize(12).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
            }
            memory.close();
        }
    }

    @Test
    void aServerThatIsGoneIsSaidAndNotWaitedFor() {
        try (Server server = Server.start()) {
            PgvectorMemory memory = server.memory(Map.of("seconds", 5));
            memory.remember(entry("n", "a"), new float[] {1, 0});
            server.kill();
            assertThatThrownBy(() -> {
                        memory.recall("n", new float[] {1, 0}, Map.of(), 1);
                        memory.recall("n", new float[] {1, 0}, Map.of(), 1);
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("PostgreSQL")
                    .hasMessageNotContaining("password");
            memory.close();
        }
    }

    @Test
    void saysWhatItMissesAndRefusesATableNameThatIsNone() {
        PgvectorMemory bare = new PgvectorMemory(Configs.defaults(PgvectorMemory.Config.class));
        assertThat(bare.missing()).hasSize(1);
        bare.close();
        assertThatThrownBy(() ->
                        new PgvectorMemory(Configs.of(PgvectorMemory.Config.class, Map.of("table", "a; drop table b"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
