/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.jail.warden.Confinement.Tier;
import ai.king.jail.warden.Confinement.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InspectionTest {

    private static final String HELD =
            """
            works true
            read refused AccessDeniedException
            write refused AccessDeniedException
            connect refused SocketException
            execute refused IOException
            environment refused NoSuchFileException
            memory refused OutOfMemoryError
            threads refused OutOfMemoryError
            end
            """;

    private static Toolroom tools;
    private static Runtimes runtime;
    private static Cells cells;
    private static Inspection inspection;

    @BeforeAll
    static void prepare() throws IOException {
        tools = Toolroom.open(Path.of("/tmp"));
        runtime = Runtimes.own();
        cells = new Cells(tools, runtime, Cgroups.find());
        inspection = new Inspection(cells, tools.cells());
    }

    @AfterAll
    static void close() throws IOException {
        cells.close();
        tools.close();
    }

    @Test
    void aBareProgramIsNoJail() {
        Confinement bare = new Confinement(Tier.T1, User.PLATFORM, (plan, program) -> program);
        assertThat(inspection.hole(bare)).isPresent();
    }

    @Test
    void theProbeReachesEverythingWhereNothingStandsInItsWay() throws IOException {
        Confinement bare = new Confinement(Tier.T1, User.PLATFORM, (plan, program) -> program);
        Path outside = tools.cells();
        Cells.Order order = new Cells.Order(
                Map.of(), List.of(), "ai.king.jail.host.Probe", List.of("/etc/passwd", outside.toString(), "1"), false);
        try (Cell cell = cells.open(bare, Limits.STANDARD, order)) {
            assertThat(new String(cell.output().readAllBytes()))
                    .contains("read REACHED", "write REACHED", "execute REACHED", "threads REACHED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "write", "connect", "execute", "environment", "memory", "threads"})
    void oneThingReachedIsAHole(String what) {
        String report = HELD.replaceFirst("(?m)^" + what + " refused.*$", what + " REACHED");
        assertThat(Inspection.verdict(HELD)).isEmpty();
        assertThat(Inspection.verdict(report)).hasValue(what + " was not refused");
    }

    @Test
    void aProbeThatDoesNotEndProvesNothing() {
        assertThat(Inspection.verdict("")).isPresent();
        assertThat(Inspection.verdict(HELD.replace("end\n", ""))).isPresent();
        assertThat(Inspection.verdict(HELD.replace("works true", "works false")))
                .isPresent();
    }

    @Test
    void bubblewrapAloneHoldsToo() throws IOException {
        Optional<Path> bubblewrap = Programs.find("bwrap");
        assumeTrue(bubblewrap.isPresent(), "no bubblewrap on this machine");
        Walls walls = new Walls(tools, runtime, Optional.empty(), bubblewrap);
        List<Confinement> candidates = walls.candidates(Places.root(), true);
        assertThat(candidates).extracting(Confinement::tier).containsOnly(Tier.T2);
        assumeTrue(
                new Inspection(cells, tools.cells())
                        .strongest(Walls.of(tools, runtime).candidates(Places.root(), false).stream()
                                .filter(each -> each.tier() == Tier.T2)
                                .toList())
                        .isPresent(),
                "no user namespaces on this machine");
        assertThat(inspection.hole(candidates.get(0))).isEmpty();
    }

    @Test
    void theLauncherAloneIsTheFirstTier() throws IOException {
        Walls walls = new Walls(tools, runtime, tools.launcher(), Optional.empty());
        assertThat(walls.candidates(Places.root(), true))
                .extracting(Confinement::tier)
                .doesNotContain(Tier.T2, Tier.T3);
    }

    @Test
    void withoutProgramsThereIsNothingToTry() throws IOException {
        assertThat(new Walls(tools, runtime, Optional.empty(), Optional.empty()).candidates(Places.root(), true))
                .isEmpty();
    }
}
