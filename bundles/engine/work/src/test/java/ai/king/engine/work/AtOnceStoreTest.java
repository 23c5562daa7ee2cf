/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static ai.king.engine.work.Workshop.PAT;
import static ai.king.engine.work.Workshop.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.brain.Plan;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.TestDatabase;
import ai.king.gate.Vote;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that the node begins which accepts them, and when it does not. */
class AtOnceStoreTest {

    private static final Limits SHORT_BEATS = new Limits(
            8,
            4,
            16,
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            Duration.ofDays(7),
            Duration.ofMillis(100),
            Duration.ofMillis(100));

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.postgresql();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Workshop node(String name, Limits limits) {
        return new Workshop(database.store(), database.dataSource(), name, limits);
    }

    private static Goal task(Workshop shop, String text) {
        return shop.goals().submitTask(PAT, "worker", "do", text, Map.of(), null);
    }

    private record Row(boolean picked, String by, Instant alive) {}

    /** The scheduler's row of a goal. */
    private Optional<Row> row(Goal goal) {
        return database.store().read(reader -> {
            try (var statement = reader.connection()
                    .prepareStatement(
                            "select picked, picked_by, last_heartbeat from scheduled_tasks where task_instance = ?")) {
                statement.setString(1, goal.id());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Row(
                                    row.getBoolean(1),
                                    String.valueOf(row.getString(2)),
                                    row.getTimestamp(3) == null
                                            ? Instant.EPOCH
                                            : row.getTimestamp(3).toInstant()))
                            : Optional.<Row>empty();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** An agent that says when it is inside and goes on when it may. */
    private static final class Waits implements Agent {
        private final CountDownLatch inside;
        private final CountDownLatch go = new CountDownLatch(1);
        private final AtomicInteger performed = new AtomicInteger();

        Waits(int expected) {
            inside = new CountDownLatch(expected);
        }

        @Override
        public Outcome perform(ai.king.agent.Task task, ai.king.agent.AgentContext context) {
            performed.incrementAndGet();
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                return new Outcome.Failed("interrupted", false);
            }
            return done(Map.of("heard", task.goal()));
        }
    }

    @Test
    void theNodeThatAcceptsATaskIsAtItFromTheStart() throws Exception {
        Waits worker = new Waits(1);
        try (Workshop shop = node("node-a", Workshop.QUICK)) {
            shop.agent("worker", worker).start();

            Goal goal = task(shop, "hello");

            assertThat(goal.status()).isEqualTo(Goal.Status.RUNNING);
            assertThat(goal.fence()).isEqualTo(1);
            worker.inside.await();
            assertThat(row(goal)).hasValueSatisfying(row -> {
                assertThat(row.picked()).isTrue();
                assertThat(row.by()).isEqualTo("node-a");
            });
            worker.go.countDown();
            Goals.Standing end = shop.goals().awaitStanding(goal.id(), Workshop.LONG);
            assertThat(end.goal().status()).isEqualTo(Goal.Status.COMPLETED);
            assertThat(end.goal()).isEqualTo(shop.goals().find(goal.id()).orElseThrow());
            assertThat(end.steps()).isEqualTo(shop.goals().steps(goal.id()));
            assertThat(row(goal)).isEmpty();
        }
    }

    @Test
    void whatIsToldOfAnEndIsWhatIsStored() {
        try (Workshop shop = node("node-a", Workshop.QUICK)) {
            shop.agent(
                            "worker",
                            (task, context) -> done(
                                    Map.of("list", new java.util.TreeSet<>(List.of(1, 2)), "half", 0.5, "long", 3L)))
                    .start();
            for (int i = 0; i < 20; i++) {
                Goal goal = task(shop, "hello " + i);
                Goals.Standing end = shop.goals().awaitStanding(goal.id(), Workshop.LONG);
                assertThat(end.goal()).isEqualTo(shop.goals().find(goal.id()).orElseThrow());
                assertThat(end.steps()).isEqualTo(shop.goals().steps(goal.id()));
            }
        }
    }

    @Test
    void aFullNodeLeavesATaskToTheQueue() throws Exception {
        int places = Workshop.QUICK.places();
        Waits worker = new Waits(places);
        try (Workshop shop = node("node-a", Workshop.QUICK);
                Workshop other = node("node-b", Workshop.QUICK)) {
            shop.agent("worker", worker).start();
            List<Goal> taken = new ArrayList<>();
            for (int i = 0; i < places; i++) {
                taken.add(task(shop, "hello " + i));
            }
            worker.inside.await();

            Goal queued = task(shop, "one too many");

            assertThat(queued.status()).isEqualTo(Goal.Status.PLANNED);
            other.agent("worker", (task, context) -> done(Map.of("at", "node-b")))
                    .start();
            assertThat(other.await(queued).status()).isEqualTo(Goal.Status.COMPLETED);
            assertThat(other.step(queued, "task").output()).isEqualTo(Map.of("at", "node-b"));
            worker.go.countDown();
            for (Goal goal : taken) {
                assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
            }
            assertThat(worker.performed).hasValue(places);
        }
    }

    @Test
    void aFullNodePicksNothingThatAnotherNodeHasAPlaceFor() throws Exception {
        int places = Workshop.QUICK.places();
        Waits worker = new Waits(places);
        AtomicInteger elsewhere = new AtomicInteger();
        try (Workshop shop = node("node-a", Workshop.QUICK);
                Workshop other = node("node-b", Workshop.QUICK)) {
            shop.agent("worker", worker).start();
            for (int i = 0; i < places; i++) {
                task(shop, "hello " + i);
            }
            worker.inside.await();
            List<Goal> queued = new ArrayList<>();
            for (int i = 0; i < 2 * places; i++) {
                queued.add(task(shop, "one too many " + i));
            }
            other.agent("worker", (task, context) -> {
                        elsewhere.incrementAndGet();
                        return done(Map.of());
                    })
                    .start();
            for (Goal goal : queued) {
                assertThat(other.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
            }
            assertThat(elsewhere).hasValue(2 * places);
            worker.go.countDown();
        }
    }

    @Test
    void aPausedPlatformLeavesATaskToTheQueue() {
        try (Workshop shop = node("node-a", Workshop.QUICK)) {
            shop.agent("worker", (task, context) -> done(Map.of())).start();
            shop.gate.pause(TestGate.ANNA);

            Goal goal = task(shop, "hello");

            assertThat(goal.status()).isEqualTo(Goal.Status.PLANNED);
            shop.gate.resume(TestGate.ANNA);
            assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
        }
    }

    @Test
    void aNodeThatHasNotStartedBeginsNothing() {
        try (Workshop shop = node("node-a", Workshop.QUICK)) {
            shop.agent("worker", (task, context) -> done(Map.of()));
            Goal goal = task(shop, "hello");
            assertThat(goal.status()).isEqualTo(Goal.Status.PLANNED);
            shop.start();
            assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
        }
    }

    @Test
    void twoNodesNeverBothPerformATask() {
        Map<String, AtomicInteger> performed = new ConcurrentHashMap<>();
        Agent counts = (task, context) -> {
            performed.computeIfAbsent(task.goal(), text -> new AtomicInteger()).incrementAndGet();
            return done(Map.of());
        };
        try (Workshop one = node("node-a", Workshop.QUICK);
                Workshop two = node("node-b", Workshop.QUICK)) {
            one.agent("worker", counts).start();
            two.agent("worker", counts).start();
            List<Goal> goals = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                goals.add(task(i % 2 == 0 ? one : two, "hello " + i));
            }
            for (Goal goal : goals) {
                assertThat(two.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
            }
        }
        assertThat(performed).hasSize(100);
        assertThat(performed.values()).allMatch(times -> times.get() == 1);
    }

    @Test
    void aLongTaskIsKeptAliveThoughTheSchedulerDoesNotKnowIt() throws Exception {
        Waits worker = new Waits(1);
        try (Workshop shop = node("node-a", SHORT_BEATS);
                Workshop other = node("node-b", SHORT_BEATS)) {
            shop.agent("worker", worker).start();
            other.agent("worker", worker).start();
            Goal goal = task(shop, "hello");
            worker.inside.await();
            Instant first = row(goal).orElseThrow().alive();

            // Twice as long as a silent node is believed in.
            shop.until(() -> row(goal).filter(row -> row.alive().isAfter(first.plusMillis(800))));

            assertThat(row(goal).orElseThrow().by()).isEqualTo("node-a");
            worker.go.countDown();
            assertThat(other.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
            assertThat(worker.performed).hasValue(1);
            assertThat(shop.goals().find(goal.id()).orElseThrow().fence()).isEqualTo(1);
        }
    }

    @Test
    void anAgentThatDoesNotStopAtItsDeadlineIsGivenUp() throws Exception {
        Limits hasty = new Limits(
                8,
                4,
                16,
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMillis(20),
                Duration.ofDays(7),
                Duration.ofMillis(100),
                Duration.ofMillis(100));
        CountDownLatch go = new CountDownLatch(1);
        try (Workshop shop = node("node-a", hasty)) {
            shop.agent("worker", (task, context) -> {
                        boolean waits = true;
                        while (waits) {
                            try {
                                go.await();
                                waits = false;
                            } catch (InterruptedException e) {
                                // It does not listen.
                                waits = true;
                            }
                        }
                        return done(Map.of());
                    })
                    .start();
            Goal goal = task(shop, "hello");
            assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.FAILED);
            assertThat(shop.step(goal, "task").error()).contains("did not stop at the deadline");
            assertThat(row(goal)).isEmpty();
            go.countDown();
        }
    }

    @Test
    void whatASilentNodeBeganIsDoneByAnother() {
        AtomicInteger performed = new AtomicInteger();
        GoalQueue queue = new GoalQueue();
        Goal left = database.store().write(PAT, tx -> {
            Goal goal = tx.insert(new Goal(
                    database.store().newId(),
                    "task",
                    "hello",
                    Goal.Status.RUNNING,
                    "PLAYBOOK",
                    null,
                    null,
                    List.of(),
                    false,
                    null,
                    null,
                    null,
                    "pat",
                    false,
                    1,
                    tx.now(),
                    null,
                    0));
            Step ready = Thinking.step(
                    goal.id(),
                    new Plan.Step("task", "worker", "do", Map.of(), List.of(), 1, "LOW"),
                    database.store().newId());
            tx.insert(StepEdit.of(ready).started(tx.now()).row());
            queue.addTaken(tx, goal.id(), "node-dead");
            tx.record("goal.submitted", goal.id(), Map.of());
            return goal;
        });
        try (Workshop shop = node("node-a", SHORT_BEATS)) {
            shop.agent("worker", (task, context) -> {
                        performed.incrementAndGet();
                        return done(Map.of());
                    })
                    .start();
            assertThat(shop.await(left).status()).isEqualTo(Goal.Status.COMPLETED);
            assertThat(shop.goals().find(left.id()).orElseThrow().fence()).isEqualTo(2);
            assertThat(performed).hasValue(1);
        }
    }

    @Test
    void aTaskOfAWriteThatIsRolledBackNeverBegins() {
        AtomicInteger performed = new AtomicInteger();
        try (Workshop shop = node("node-a", Workshop.QUICK)) {
            shop.agent("worker", (task, context) -> {
                        performed.incrementAndGet();
                        return done(Map.of());
                    })
                    .start();
            for (int i = 0; i <= Workshop.QUICK.places(); i++) {
                assertThatThrownBy(() -> database.store().write(PAT, tx -> {
                            task(shop, "hello");
                            throw new IllegalStateException("no");
                        }))
                        .hasMessage("no");
            }
            Goal goal = database.store().write(PAT, tx -> task(shop, "this one"));
            assertThat(goal.status()).isEqualTo(Goal.Status.RUNNING);
            assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
            assertThat(performed).hasValue(1);
        }
    }

    @Test
    void aTaskThatWaitsForPeopleGoesOnAfterTheirVote() {
        AtomicInteger effects = new AtomicInteger();
        try (Workshop shop = node("node-a", Workshop.QUICK)) {
            shop.tool("law.send", Effect.LEGAL, call -> ToolResult.ok(Map.of("n", effects.incrementAndGet())))
                    .agent("worker", (task, context) -> {
                        context.call("law.send", Map.of());
                        return done(Map.of());
                    })
                    .start();
            Goal goal = shop.await(task(shop, "hello"));
            assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_APPROVAL);
            shop.vote(TestGate.BEN, shop.open().get(0), Vote.Decision.APPROVE);
            shop.vote(TestGate.CLEO, shop.open().get(0), Vote.Decision.APPROVE);
            assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
            assertThat(effects).hasValue(1);
        }
    }

    @Test
    void aTaskThatIsCancelledAtWorkIsOver() throws Exception {
        Waits worker = new Waits(1);
        try (Workshop shop = node("node-a", Workshop.QUICK)) {
            shop.agent("worker", worker).start();
            Goal goal = task(shop, "hello");
            worker.inside.await();
            assertThat(shop.goals().cancel(PAT, goal.id()).status()).isEqualTo(Goal.Status.CANCELLED);
            worker.go.countDown();
            assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.CANCELLED);
            shop.until(() -> row(goal).isEmpty() ? Optional.of(true) : Optional.empty());
            assertThat(shop.step(goal, "task").output()).isNull();
        }
    }

    @Test
    void aNodeThatStopsWaitsForATaskThatItBegan() throws Exception {
        Waits worker = new Waits(1);
        Workshop shop = node("node-a", Workshop.QUICK);
        shop.agent("worker", worker).start();
        Goal goal = task(shop, "hello");
        worker.inside.await();
        Thread stopping = new Thread(shop::close);
        stopping.start();
        worker.go.countDown();
        stopping.join();
        try (Workshop other = node("node-b", Workshop.QUICK)) {
            assertThat(other.goals().find(goal.id()).orElseThrow().status()).isEqualTo(Goal.Status.COMPLETED);
            assertThat(row(goal)).isEmpty();
        }
    }
}
