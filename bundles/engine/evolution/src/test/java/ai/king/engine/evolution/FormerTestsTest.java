/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the tests of a distribution's plug say about its next version: many of them need a network or files that no jail has. */
class FormerTestsTest {

    private static final Path OLD = Path.of("old.jar");
    private static final Path NEW = Path.of("new.jar");

    private static Trial trial(Verdict verdict, String... passed) {
        return new Trial(
                List.of(new Finding("contract", Verdict.PASS, "", 1), new Finding("sandbox", verdict, "said", 1)),
                9,
                9,
                Set.of(passed));
    }

    private static FormerTests.Asked asked(Trial old, Trial candidate) {
        Map<Path, Trial> trials = Map.of(OLD, old, NEW, candidate);
        return FormerTests.asked(OLD, NEW, Path.of("tests.jar"), (bundle, tests) -> trials.get(bundle));
    }

    @Test
    void aTestThatTheVersionThatRunsPassesAndTheCandidateDoesNotIsNamed() {
        FormerTests.Asked asked =
                asked(trial(Verdict.FAIL, "OneTest.adds", "OneTest.reads"), trial(Verdict.FAIL, "OneTest.reads"));
        assertThat(asked.faults())
                .containsExactly("OneTest.adds of the version that runs fails on it", "it says: said");
    }

    @Test
    void whatFailsInTheJailOnBothIsNoFaultOfTheCandidate() {
        FormerTests.Asked asked = asked(trial(Verdict.FAIL, "OneTest.adds"), trial(Verdict.FAIL, "OneTest.adds"));
        assertThat(asked.faults()).isEmpty();
        assertThat(asked.told()).contains("1 passed on both", "the others fail in the jail");
    }

    @Test
    void testsThatNoJailCanRunAreNotToldAsHolding() {
        FormerTests.Asked asked = asked(trial(Verdict.FAIL), trial(Verdict.FAIL));
        assertThat(asked.faults()).isEmpty();
        assertThat(asked.told()).contains("none of them can be run");
        asked = asked(trial(Verdict.PASS, "OneTest.adds"), trial(Verdict.NOT_ASSESSED));
        assertThat(asked.faults()).isEmpty();
        assertThat(asked.told()).contains("could not be run on it: said");
    }

    @Test
    void theVersionThatRunsIsNotTriedWhereTheCandidatePassesAll() {
        FormerTests.Asked asked = FormerTests.asked(OLD, NEW, Path.of("tests.jar"), (bundle, tests) -> {
            assertThat(bundle).isEqualTo(NEW);
            return trial(Verdict.PASS, "OneTest.adds");
        });
        assertThat(asked.faults()).isEmpty();
        assertThat(asked.told()).contains("they hold on it: 1 passed");
    }
}
