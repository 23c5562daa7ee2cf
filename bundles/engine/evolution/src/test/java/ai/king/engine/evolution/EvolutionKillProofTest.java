/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.store.OpenDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Kills a real node on a real database at every named point of the pipeline, then at random ({@code -Dking.kills=500} for
 * more): after each start exactly the permanent release runs, every proposal ends, none is lost or doubled, and what was
 * promoted can still be rolled back.
 */
@Execution(ExecutionMode.CONCURRENT)
class EvolutionKillProofTest {

    @TempDir
    private static Path shared;

    private static VictimClasses classes;

    @TempDir
    private Path folder;

    @BeforeAll
    static void archive() throws Exception {
        classes = new VictimClasses(shared).archived();
    }

    @Test
    void nothingIsStuckOrLostOnH2() throws Exception {
        new EvolutionKillProof(OpenDatabase.h2(folder.resolve("h2")), "king", folder, classes).prove();
    }

    @Test
    void nothingIsStuckOrLostOnPostgresql() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            new EvolutionKillProof(server.getJdbcUrl("postgres", "postgres"), "postgres", folder, classes).prove();
        }
    }
}
