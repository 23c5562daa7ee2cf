/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail.Resident;
import ai.king.kit.FakeContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WardenTest {

    private static final Task TASK = new Task("step-1", "", "world", Map.of(), Map.of(), List.of());

    @TempDir
    private static Path folder;

    private static Path bundle;

    private Warden warden = Wardens.standard();

    @BeforeAll
    static void prepare() throws IOException {
        bundle = Candidate.bundle(folder, SmallAgent.class, Map.of());
    }

    @AfterEach
    void close() throws IOException {
        Leftovers.expectNoneAfter(warden::close);
    }

    private void use(Map<String, Object> configuration) {
        warden.close();
        warden = Wardens.with(configuration);
        assumeTrue(!warden.tier().equals("NONE"), () -> "no jail on this machine: " + warden.missing());
    }

    private static Outcome call(Resident resident) {
        return resident.agent().perform(TASK, new FakeContext());
    }

    @Test
    void withoutAJailNothingIsAssessedAndNothingRuns() {
        warden.close();
        warden = Wardens.with(Map.of("strongest", "NONE"));
        assertThat(warden.tier()).isEqualTo("NONE");
        assertThat(warden.missing()).isPresent();
        assertThat(warden.test(bundle, Optional.empty(), Map.of(), Duration.ofSeconds(5))
                        .findings())
                .allMatch(finding -> finding.verdict() == Verdict.NOT_ASSESSED);
        try (Resident resident = warden.house(bundle, Map.of(), "test")) {
            assertThat(call(resident))
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.reason())
                            .contains("no jail"));
        }
    }

    @Test
    void saysNothingIsMissingWhereATierHolds() {
        use(Map.of());
        assertThat(warden.missing()).isEmpty();
        assertThat(warden.tier()).matches("T[123]");
    }

    @Test
    void anIdleHostEndsAndTheNextCallStartsAnother() throws Exception {
        use(Map.of("idleSeconds", 0));
        try (Resident resident = warden.house(bundle, Map.of(), "test")) {
            assertThat(call(resident)).isInstanceOf(Outcome.Done.class);
            while (!Leftovers.processes().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(call(resident)).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void theFirstCallOfAWokenAgentStartsNoHost() throws IOException {
        use(Map.of());
        try (Resident resident = warden.house(bundle, Map.of(), "test")) {
            assertThat(resident.wake()).isEmpty();
            var there = Leftovers.processes();
            assertThat(there).isNotEmpty();
            assertThat(call(resident)).isInstanceOf(Outcome.Done.class);
            assertThat(resident.wake()).isEmpty();
            assertThat(Leftovers.processes()).isEqualTo(there);
        }
    }

    @Test
    void wakingSaysWhyAnAgentCannotBeHad() {
        use(Map.of());
        try (Resident nobody = warden.house(bundle, Map.of(), "nobody")) {
            assertThat(nobody.wake()).hasValueSatisfying(why -> assertThat(why).contains("no agent is called nobody"));
        }
    }

    @Test
    void wakingEndsNoHostThatWasUsedAMomentAgo() throws IOException {
        use(Map.of("memoryMiB", Limits.STANDARD.shareMiB()));
        try (Resident one = warden.house(bundle, Map.of(), "test");
                Resident two = warden.house(bundle, Map.of(), "test")) {
            assertThat(call(one)).isInstanceOf(Outcome.Done.class);
            var there = Leftovers.processes();
            assertThat(two.wake()).isEmpty();
            assertThat(Leftovers.processes()).isEqualTo(there);
            assertThat(call(two)).as("its first call makes room").isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void anIdleHostMakesRoomForAnother() {
        use(Map.of("memoryMiB", Limits.STANDARD.shareMiB()));
        try (Resident one = warden.house(bundle, Map.of(), "test");
                Resident two = warden.house(bundle, Map.of(), "test")) {
            assertThat(call(one)).isInstanceOf(Outcome.Done.class);
            assertThat(call(two)).isInstanceOf(Outcome.Done.class);
            assertThat(call(one)).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void aBusyHostIsNotEndedForAnother() throws Exception {
        use(Map.of("memoryMiB", Limits.STANDARD.shareMiB()));
        CountDownLatch waiting = new CountDownLatch(1);
        Task wait = new Task("step-2", "wait", "", Map.of(), Map.of(), List.of());
        try (Resident one = warden.house(bundle, Map.of(), "test");
                Resident two = warden.house(bundle, Map.of(), "test")) {
            Thread caller =
                    new Thread(() -> one.agent().perform(wait, new NotingContext(waiting::countDown).context()));
            caller.start();
            assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(call(two)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.retriable()).isTrue();
                assertThat(failed.reason()).contains("no memory");
            });
            caller.interrupt();
            caller.join();
        }
    }

    @Test
    void closingEndsTheCallsThatAreGoingOn() throws Exception {
        use(Map.of());
        CountDownLatch waiting = new CountDownLatch(1);
        Task wait = new Task("step-2", "wait", "", Map.of(), Map.of(), List.of());
        Resident resident = warden.house(bundle, Map.of(), "test");
        Outcome[] outcome = new Outcome[1];
        Thread caller = new Thread(
                () -> outcome[0] = resident.agent().perform(wait, new NotingContext(waiting::countDown).context()));
        caller.start();
        assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
        resident.close();
        caller.join();
        assertThat(outcome[0]).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.retriable())
                .isTrue());
        assertThat(Leftovers.processes()).isEmpty();
    }
}
