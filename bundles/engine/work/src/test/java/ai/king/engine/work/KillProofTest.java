/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import ai.king.engine.store.ArchivedClasses;
import ai.king.engine.store.OpenDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process on a real database, at every named point once and then at random ({@code -Dking.kills=300} for
 * more): what was accepted ends or waits for a named person, no effect happens twice, none is lost, none is without its
 * ledger entries.
 */
class KillProofTest {

    private static final int KILLS = Integer.getInteger("king.kills", 6);
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private static Path shared;

    private static ArchivedClasses classes;

    @TempDir
    private Path folder;

    private final List<String> accepted = new ArrayList<>();
    private final Random random = new Random(Long.getLong("king.seed", 20261122L));
    private int round;

    /** One life to its orderly end. */
    @BeforeAll
    static void archive() throws Exception {
        classes = new ArchivedClasses(shared);
        Path log = shared.resolve("archive.log");
        try (Recorder recorder = new Recorder()) {
            String url = OpenDatabase.h2(shared.resolve("h2"));
            Victim victim = Victim.start(classes.archiving(), url, "king", recorder.port(), "", log)
                    .orElseThrow();
            victim.submit("plain goal");
            victim.task("task");
            assertThat(settled(victim).get("goals")).asInstanceOf(LIST).hasSize(2);
            assertThat(victim.ends()).as("its orderly end, see " + log).isTrue();
        }
    }

    @Test
    void nothingIsLostOrDoneTwiceOnH2() throws Exception {
        prove(OpenDatabase.h2(folder), "king");
    }

    @Test
    void nothingIsLostOrDoneTwiceOnPostgresql() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            prove(server.getJdbcUrl("postgres", "postgres"), "postgres");
        }
    }

    private void prove(String url, String user) throws Exception {
        Path log = Files.createTempFile("king-victim", ".log");
        try (Recorder recorder = new Recorder()) {
            Set<FaultPoint> reached = new TreeSet<>();
            for (FaultPoint point : FaultPoint.values()) {
                if (killAt(point, url, user, recorder, log)) {
                    reached.add(point);
                }
            }
            assertThat(reached).as("points the process died at, see " + log).containsExactly(FaultPoint.values());
            for (int i = 0; i < KILLS; i++) {
                killAtRandom(url, user, recorder, log);
            }
            Victim last = Victim.start(classes.options(), url, user, recorder.port(), "", log)
                    .orElseThrow();
            try {
                judge(settled(last), recorder);
            } finally {
                last.kill();
            }
            Files.delete(log);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + ", see " + log + "\n" + tail(log), e);
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    private boolean killAt(FaultPoint point, String url, String user, Recorder recorder, Path log) throws Exception {
        String trap = point.label() + (random.nextBoolean() ? "" : ":2");
        boolean slow = point == FaultPoint.LEASE_LOST;
        Optional<Victim> started =
                Victim.start(classes.options(), url, user, recorder.port(), slow ? point.label() : trap, log);
        if (started.isEmpty()) {
            return true;
        }
        Victim victim = started.get();
        try {
            submitSome(victim);
            if (slow) {
                stealDuringAnEffect(victim, recorder);
            }
            return victim.diesWithin(PATIENCE_SECONDS);
        } finally {
            victim.kill();
        }
    }

    private void stealDuringAnEffect(Victim victim, Recorder recorder) throws InterruptedException {
        CountDownLatch open = recorder.holdBack("slow");
        String text = "slow goal " + round;
        if (victim.submit(text)) {
            accepted.add(text);
        }
        // A busy machine may lose the lease before anybody steals it: then it has died at the point already.
        if (recorder.awaitHeld("slow", victim::alive)) {
            victim.post("/steal", text);
        }
        open.countDown();
    }

    private void killAtRandom(String url, String user, Recorder recorder, Path log) throws Exception {
        Optional<Victim> started = Victim.start(classes.options(), url, user, recorder.port(), "", log);
        Victim victim = started.orElseThrow();
        submitSome(victim);
        victim.diesWithin(0);
        long nanos = (long) (random.nextDouble() * 600_000_000L);
        LockSupport.parkNanos(nanos);
        victim.kill();
    }

    private void submitSome(Victim victim) {
        round++;
        // First, while there is a place for each of them.
        task(victim, "task");
        task(victim, "another task");
        for (String kind : List.of(
                "plain", "shaky", "astray", "astray too", "sign", round % 4 == 0 ? "sign never" : "sign shaky")) {
            String text = kind + " goal " + round;
            if (victim.submit(text)) {
                accepted.add(text);
            }
        }
    }

    private void task(Victim victim, String kind) {
        String text = kind + " goal " + round;
        if (victim.task(text)) {
            accepted.add(text);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> goals(Map<String, Object> state) {
        return (List<Map<String, Object>>) state.get("goals");
    }

    /** The state when nothing moves any more. */
    private static Map<String, Object> settled(Victim victim) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 2 * 1_000_000_000L;
        while (true) {
            Map<String, Object> state = victim.state();
            Set<String> moving = goals(state).stream()
                    .filter(goal -> Set.of("RECEIVED", "PLANNED", "RUNNING").contains(goal.get("status"))
                            || waitsThoughPeopleVote(goal))
                    .map(Object::toString)
                    .collect(Collectors.toSet());
            if (moving.isEmpty()) {
                return state;
            }
            assertThat(System.nanoTime())
                    .as(
                            "goals still moving: %s%nqueue: %s%nthreads: %s%nledger: %s",
                            moving, state.get("queue"), state.get("threads"), about(moving, state))
                    .isLessThan(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> about(Set<String> goals, Map<String, Object> state) {
        return ((Map<String, Object>) state.get("ledger"))
                .entrySet().stream()
                        .filter(entry -> goals.stream()
                                .anyMatch(goal -> goal.contains(entry.getKey().split(" ")[1])))
                        .map(Object::toString)
                        .toList();
    }

    private static boolean waitsThoughPeopleVote(Map<String, Object> goal) {
        return goal.get("status").equals("WAITING_APPROVAL")
                && !goal.get("text").toString().contains("never");
    }

    @SuppressWarnings("unchecked")
    private void judge(Map<String, Object> state, Recorder recorder) {
        Map<String, Object> ledger = (Map<String, Object>) state.get("ledger");
        Map<String, Map<String, Object>> byText = goals(state).stream()
                .collect(Collectors.toMap(goal -> goal.get("text").toString(), goal -> goal));
        assertThat(ledger.keySet())
                .as("the nets below the mechanism caught nothing")
                .noneMatch(entry -> entry.startsWith("goal.swept") || entry.startsWith("step.orphaned"));
        assertThat(byText.keySet()).as("accepted goals are there").containsAll(accepted);
        List<String> effects =
                recorder.arrived().stream().map(Recorder.Arrived::what).toList();
        assertThat(new HashSet<>(effects)).as("no effect twice").hasSameSizeAs(effects);
        Set<String> keys =
                recorder.arrived().stream().map(Recorder.Arrived::key).collect(Collectors.toSet());
        Set<String> expected = new TreeSet<>();
        byText.forEach((text, goal) -> {
            boolean never = text.contains("never");
            assertThat(goal.get("status")).as(goal.toString()).isEqualTo(never ? "WAITING_APPROVAL" : "COMPLETED");
            if (!text.contains("task")) {
                expected.addAll(List.of(text + "/change/1", text + "/change/2", text + "/beside"));
            }
            if (text.contains("astray")) {
                expected.add(text + "/found");
            }
            if (text.contains("sign") && !never) {
                expected.add(text + "/sign");
            }
            if (!never) {
                expected.add(text + "/last");
            }
            assertThat(ledger).containsKey("goal.submitted " + goal.get("id"));
            assertThat(ledger).containsKey((never ? "goal.waiting_approval " : "goal.completed ") + goal.get("id"));
            for (Map<String, Object> call : (List<Map<String, Object>>) goal.get("calls")) {
                assertThat(call.get("state")).as(call.toString()).isEqualTo("DONE");
                assertThat(keys)
                        .as("recorded calls happened")
                        .contains(call.get("key").toString());
            }
        });
        assertThat(new TreeSet<>(effects)).as("no effect lost").isEqualTo(expected);
        for (String key : keys) {
            assertThat(ledger).as("no effect without its ledger entries").containsKey("call.intended " + key);
            assertThat(ledger).containsKey("call.done " + key);
        }
    }
}
