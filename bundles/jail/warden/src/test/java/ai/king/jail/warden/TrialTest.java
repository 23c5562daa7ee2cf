/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrialTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static Warden warden;
    private static Path bundle;

    @BeforeAll
    static void prepare() throws IOException {
        warden = Wardens.standard();
        assumeTrue(!warden.tier().equals("NONE"), () -> "no jail on this machine: " + warden.missing());
        bundle = Candidate.bundle(folder, SmallAgent.class, Map.of());
    }

    @AfterAll
    static void close() {
        warden.close();
    }

    @Test
    void aDecentAgentPasses() {
        Trial trial = warden.test(bundle, Optional.empty(), Map.of(), LIMIT);
        assertThat(trial.findings()).as("%s", trial).hasSize(2).allMatch(each -> each.verdict() == Verdict.PASS);
        assertThat(trial.findings()).extracting(Finding::check).containsExactly("contract", "sandbox");
        assertThat(trial.testsRun()).isEqualTo(trial.testsPassed()).isGreaterThan(5);
    }

    @Test
    void theTestsThatCameAlongAreRun() throws IOException {
        int contract = warden.test(bundle, Optional.empty(), Map.of(), LIMIT).testsRun();
        Trial trial =
                warden.test(bundle, Optional.of(Candidate.tests(folder, SmallAgentOwnTest.class)), Map.of(), LIMIT);
        assertThat(trial.findings()).as("%s", trial).allMatch(each -> each.verdict() == Verdict.PASS);
        assertThat(trial.testsRun()).isEqualTo(contract + 1);
        assertThat(trial.passed())
                .hasSize(1)
                .allMatch(name -> name.startsWith(SmallAgentOwnTest.class.getName() + "."));
    }

    @Test
    void anAgentThatDoesNotEndFails() throws IOException {
        Path unstoppable = Candidate.bundle(folder, Unstoppable.class, Map.of());
        Trial trial = warden.test(unstoppable, Optional.empty(), Map.of(), LIMIT);
        assertThat(trial.findings()).allMatch(each -> each.verdict() == Verdict.FAIL);
        assertThat(trial.findings().get(0).detail()).contains("stopsWhenItIsSwapped", "@Deactivate");
    }

    @Test
    void anAgentThatKeepsSomethingOfEachCallFails() throws IOException {
        Trial trial =
                warden.test(Candidate.bundle(folder, Hoarding.class, Map.of()), Optional.empty(), Map.of(), LIMIT);
        assertThat(trial.findings()).allMatch(each -> each.verdict() == Verdict.FAIL);
        assertThat(trial.findings().get(0).detail()).contains("keepsNothingOfItsCalls", "KiB of each call");
    }

    @Test
    void anAgentThatKeepsSomeHundredBytesOfEachCallFails() throws IOException {
        Trial trial =
                warden.test(Candidate.bundle(folder, Collecting.class, Map.of()), Optional.empty(), Map.of(), LIMIT);
        assertThat(trial.findings()).allMatch(each -> each.verdict() == Verdict.FAIL);
        assertThat(trial.findings().get(0).detail()).contains("keepsNothingOfItsCalls", "bytes of each call");
    }

    @Test
    void anAgentWhoseClassesStayWhenItGoesFails() throws IOException {
        Path clinging = Candidate.bundle(folder, Clinging.class, Map.of());
        Trial trial = warden.test(clinging, Optional.empty(), Map.of(), LIMIT);
        assertThat(trial.findings()).allMatch(each -> each.verdict() == Verdict.FAIL);
        assertThat(trial.findings().get(0).detail())
                .contains("leavesNothingBehindWhenItGoes", "are still in memory with all their classes");
    }

    @Test
    void anAgentThatThrowsWhenItIsStoppedFails() throws IOException {
        Trial trial =
                warden.test(Candidate.bundle(folder, Grudging.class, Map.of()), Optional.empty(), Map.of(), LIMIT);
        assertThat(trial.findings()).allMatch(each -> each.verdict() == Verdict.FAIL);
        assertThat(trial.findings().get(0).detail()).contains("stopsWhenItIsSwapped", "not yet");
    }

    @Test
    void anAgentWhoseStopWaitsForItsCallersFails() throws IOException {
        Trial trial = warden.test(Candidate.bundle(folder, Patient.class, Map.of()), Optional.empty(), Map.of(), LIMIT);
        assertThat(trial.findings()).allMatch(each -> each.verdict() == Verdict.FAIL);
        assertThat(trial.findings().get(0).detail()).contains("stopsWhenItIsSwapped", "did not stop within");
    }

    @Test
    void anAgentThatDoesNotComeToLifeIsToldWithItsReason() throws IOException {
        Path stillborn = Candidate.bundle(folder, Stillborn.class, Map.of());
        Trial trial = warden.test(stillborn, Optional.empty(), Map.of(), LIMIT);
        assertThat(trial.findings()).allMatch(each -> each.verdict() == Verdict.FAIL);
        assertThat(trial.findings().get(0).detail()).contains("does not come to life", "not today");
    }
}
