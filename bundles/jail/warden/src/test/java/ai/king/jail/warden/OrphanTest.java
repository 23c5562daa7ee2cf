/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrphanTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"T3", "T2", "T1"})
    @Timeout(120)
    void aJailedProgramDiesWithThePlatform(String strongest) throws IOException, InterruptedException {
        Path bundle = Candidate.bundle(folder, SmallAgent.class, Map.of());
        Process platform = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName(),
                        strongest,
                        bundle.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String mark = "king-jail-" + platform.pid() + "-";
        try {
            assumeTrue(platform.getInputStream().read() == '!', "no jail on this machine");
            assertThat(Leftovers.processes(mark)).isNotEmpty();
        } finally {
            platform.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        while (!Leftovers.processes(mark).isEmpty()) {
            Thread.onSpinWait();
        }
        // The next warden clears up after a dead one.
        Warden next = Wardens.standard();
        next.tier();
        next.close();
        assertThat(Leftovers.groups(mark)).isEmpty();
        assertThat(Leftovers.folders(mark)).isEmpty();
    }
}
