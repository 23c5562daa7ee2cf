/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {

    private static final Step ONE =
            new Step(1, "ada", "The first\n", Instant.parse("2026-11-22T10:00:00Z"), Map.of("a/b.json", "{}\n"));
    private static final Step TWO = new Step(
            2, "grace", "The second\n", Instant.parse("2026-11-22T11:00:00Z"), Map.of("a/b.json", "[]\n", "c", "d"));

    @TempDir
    private Path work;

    @Test
    void theSameStepsAreTheSameCommitsAnywhere() throws IOException {
        String here = commits(work.resolve("here"), List.of(ONE, TWO));
        assertThat(commits(work.resolve("there"), List.of(ONE, TWO))).isEqualTo(here);
        assertThat(commits(work.resolve("here"), List.of(ONE, TWO))).isEqualTo(here);
    }

    @Test
    void goesOnAfterAKilledProcessLeftItsLocks() throws IOException {
        String whole = commits(work.resolve("whole"), List.of(ONE, TWO));
        Path killed = work.resolve("killed");
        commits(killed, List.of(ONE));
        Files.createFile(killed.resolve("refs/heads/main.lock"));
        Files.createFile(killed.resolve("refs/tags/release-2.lock"));
        assertThat(commits(killed, List.of(ONE, TWO))).isEqualTo(whole);
    }

    @Test
    void beginsAnewWhereOnlyTheBeginningWasMade() throws IOException {
        String whole = commits(work.resolve("whole"), List.of(ONE, TWO));
        Path begun = Files.createDirectories(work.resolve("begun"));
        Files.createDirectories(begun.resolve("objects/pack"));
        assertThat(commits(begun, List.of(ONE, TWO))).isEqualTo(whole);
    }

    private static String commits(Path folder, List<Step> steps) throws IOException {
        Repository.repair(folder);
        try (Repository git = new Repository(folder)) {
            git.add(steps);
            return git.commit(1) + " " + git.commit(2);
        }
    }
}
