/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.king.jail.warden.Confinement.Tier;
import ai.king.jail.warden.Confinement.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class InspectionTest {

    private static Toolroom tools;
    private static Cells cells;
    private static Inspection inspection;
    private static List<Confinement> candidates;

    @BeforeAll
    static void prepare() throws IOException {
        tools = Toolroom.open(Path.of("/tmp"));
        Runtimes runtime = Runtimes.own();
        Cgroups groups = Cgroups.find();
        cells = new Cells(tools, runtime, groups);
        inspection = new Inspection(cells, tools.cells());
        candidates = new Walls(tools, runtime).candidates(Places.root(), groups.there());
    }

    @AfterAll
    static void close() throws IOException {
        cells.close();
        tools.close();
    }

    @TestFactory
    List<DynamicTest> everyConfinementOfThisMachineIsTried() {
        assumeFalse(candidates.isEmpty(), "neither a C compiler nor bubblewrap on this machine");
        return candidates.stream()
                .map(each -> DynamicTest.dynamicTest(each.tier() + " as " + each.user(), () -> {
                    System.err.println(each.tier() + " as " + each.user() + ": "
                            + inspection.hole(each).orElse("holds"));
                }))
                .toList();
    }

    @Test
    void aBareProgramIsNoJail() {
        Confinement bare = new Confinement(Tier.T1, User.PLATFORM, (plan, program) -> program);
        assertThat(inspection.hole(bare)).isPresent();
    }
}
