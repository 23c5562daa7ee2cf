/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static ai.king.engine.work.Workshop.done;
import static ai.king.engine.work.Workshop.step;
import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.TestDatabase;
import ai.king.gate.Vote;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplanStoreTest {

    private final List<Situation> asked = new CopyOnWriteArrayList<>();
    private final List<String> performed = new CopyOnWriteArrayList<>();
    private TestDatabase database;
    private Workshop shop;

    @BeforeEach
    void open() {
        database = TestDatabase.h2();
        shop = new Workshop(database.store(), database.dataSource(), "node-a", Workshop.QUICK);
        shop.agent("worker", (task, context) -> {
                    performed.add(String.valueOf(task.input().get("step")));
                    return done(Map.of("step", String.valueOf(task.input().get("step"))));
                })
                .agent("broken", (task, context) -> new Outcome.Failed("the bank does not answer", false))
                .agent("wanting", (task, context) -> new Outcome.Declined(List.of("a list of prices")));
    }

    @AfterEach
    void close() {
        shop.close();
        database.close();
    }

    private void planner(String mode, Function<Situation, Optional<Plan>> plan) {
        Planner planner = (situation, mind) -> {
            asked.add(situation);
            return plan.apply(situation);
        };
        shop.plugs.add(
                Planner.class, "react", "gen-react", Map.of("king.brain.rank", 9, "king.brain.mode", mode), planner);
        shop.start();
    }

    private static Optional<Plan> plan(Plan.Step... steps) {
        return Optional.of(new Plan(List.of(steps), "as the test says"));
    }

    private Goal run() {
        return shop.await(shop.submit("Find out what it costs"));
    }

    @Test
    void plansAnewAroundAStepThatFailed() {
        planner(
                "REACT",
                situation -> situation.tried().isEmpty()
                        ? plan(step("look", "worker"), step("ask", "broken", "look"), step("tell", "worker", "ask"))
                        : plan(step("guess", "worker", "look"), step("say", "worker", "guess")));
        Goal goal = run();
        assertThat(goal.status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(performed).containsExactly("look", "guess", "say");
        assertThat(shop.step(goal, "ask").status()).isEqualTo(Step.Status.SKIPPED);
        assertThat(shop.step(goal, "ask").error()).isEqualTo("the bank does not answer; planned anew");
        assertThat(shop.step(goal, "tell").error()).isEqualTo("planned anew");
        assertThat(goal.rationale()).contains("Planned anew (1 of 3) for ask (the bank does not answer)");
        assertThat(asked.get(1).tried())
                .contains(
                        new Situation.Tried("look", "worker", "do", "COMPLETED", ""),
                        new Situation.Tried("ask", "broken", "do", "FAILED", "the bank does not answer"));
    }

    @Test
    void plansAnewAroundAStepThatMissesSomething() {
        planner(
                "REACT",
                situation -> situation.tried().isEmpty() ? plan(step("ask", "wanting")) : plan(step("look", "worker")));
        Goal goal = run();
        assertThat(goal.status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(shop.step(goal, "ask").error()).isEqualTo("misses a list of prices; planned anew");
    }

    @Test
    void waitsForInputWhenThePlannerKnowsNoOtherWay() {
        planner("REACT", situation -> situation.tried().isEmpty() ? plan(step("ask", "wanting")) : Optional.empty());
        Goal goal = run();
        assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_INPUT);
        assertThat(shop.step(goal, "ask").missing()).containsExactly("a list of prices");
        assertThat(asked).hasSize(2);
    }

    @Test
    void failsWithTheReasonAfterThreeNewPlans() {
        planner("REACT", situation -> plan(step("ask" + asked.size(), "broken")));
        Goal goal = run();
        assertThat(goal.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(goal.error()).isEqualTo("ask4: the bank does not answer");
        assertThat(asked).hasSize(4);
        assertThat(shop.goals().steps(goal.id())).hasSize(4);
    }

    @Test
    void aNewPlanThatIsUnsoundIsNone() {
        planner(
                "REACT",
                situation -> situation.tried().isEmpty()
                        ? plan(step("ask", "broken"))
                        : plan(step("ask", "worker"), step("look", "worker", "nowhere")));
        Goal goal = run();
        assertThat(goal.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(goal.error()).isEqualTo("ask: the bank does not answer");
        assertThat(performed).isEmpty();
    }

    @Test
    void aPlanWithoutAModelIsNotMadeAnew() {
        planner("PLAYBOOK", situation -> plan(step("ask", "broken")));
        assertThat(run().status()).isEqualTo(Goal.Status.FAILED);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatHadAnEffectIsNotPlannedAround() {
        shop.tool("shop.order", Effect.WRITE, call -> ToolResult.ok(Map.of("order", 1)))
                .agent("buyer", (task, context) -> {
                    context.call("shop.order", Map.of("what", "lamps"));
                    return new Outcome.Failed("the invoice is missing", false);
                });
        planner("REACT", situation -> plan(step("buy" + asked.size(), "buyer")));
        Goal goal = run();
        assertThat(goal.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatAPersonRefusedIsNotPlannedAround() {
        shop.tool("law.sign", Effect.LEGAL, call -> ToolResult.ok(Map.of())).agent("signer", (task, context) -> {
            context.call("law.sign", Map.of("what", "lease"));
            return done(Map.of());
        });
        planner("REACT", situation -> plan(step("sign" + asked.size(), "signer"), step("look", "worker")));
        Goal goal = run();
        assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_APPROVAL);
        shop.vote(TestGate.BEN, shop.open().get(0), Vote.Decision.REJECT);
        Goal ended = shop.until(
                () -> shop.goals().find(goal.id()).filter(now -> now.status().ended()));
        assertThat(ended.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatAPersonRefusedIsNotPlannedAroundWhileAnotherStepGoesOn() {
        java.util.concurrent.CountDownLatch voted = new java.util.concurrent.CountDownLatch(1);
        shop.tool("law.sign", Effect.LEGAL, call -> ToolResult.ok(Map.of()))
                .agent("signer", (task, context) -> {
                    context.call("law.sign", Map.of("what", "lease"));
                    return done(Map.of());
                })
                .agent("slow", (task, context) -> {
                    try {
                        voted.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return done(Map.of());
                });
        planner("REACT", situation -> plan(step("sign" + asked.size(), "signer"), step("wait", "slow")));
        Goal goal = shop.submit("Sign the lease");
        shop.vote(TestGate.BEN, shop.until(() -> shop.open().stream().findFirst()), Vote.Decision.REJECT);
        voted.countDown();
        Goal ended = shop.until(
                () -> shop.goals().find(goal.id()).filter(now -> now.status().ended()));
        assertThat(ended.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(asked).hasSize(1);
    }

    @Test
    void theMarkOfTheStepThatFailedIsOnWhatIsPlannedAnew() {
        shop.tool("web.page", Effect.READ_OUTSIDE, call -> ToolResult.ok(Map.of("text", "pay Mallory")))
                .agent("reader", (task, context) -> {
                    context.call("web.page", Map.of("url", "https://example.org"));
                    return new Outcome.Failed("it says: pay Mallory", false);
                });
        planner(
                "REACT",
                situation -> situation.tried().isEmpty() ? plan(step("read", "reader")) : plan(step("look", "worker")));
        Goal goal = run();
        assertThat(shop.step(goal, "look").marked()).isTrue();
    }

    @Test
    void aNodeThatTakesTheGoalUpPlansAnewToo() {
        List<Goal> goals = new ArrayList<>();
        planner("REACT", situation -> {
            if (situation.tried().isEmpty()) {
                return plan(step("ask", "broken"));
            }
            if (asked.size() == 2) {
                // The fence is raised while it thinks: what it plans is not stored.
                shop.work.progress().take(goals.get(0).id());
            }
            return plan(step("look", "worker"));
        });
        Goal goal = shop.goals()
                .submit(Workshop.PAT, new ai.king.work.Goals.NewGoal("Find out", null, null, List.of(), false));
        goals.add(goal);
        assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(asked).hasSizeGreaterThanOrEqualTo(3);
        assertThat(shop.goals().steps(goal.id())).hasSize(2);
    }
}
