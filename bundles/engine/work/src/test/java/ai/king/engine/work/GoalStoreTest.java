/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static ai.king.engine.work.Workshop.PAT;
import static ai.king.engine.work.Workshop.done;
import static ai.king.engine.work.Workshop.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agent.Outcome;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.TestDatabase;
import ai.king.gate.Approval;
import ai.king.gate.Vote;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How goals go, on one database; the subclass says which. */
abstract class GoalStoreTest {

    abstract TestDatabase open();

    private TestDatabase database;
    private Workshop shop;

    @BeforeEach
    void open_() {
        database = open();
        shop = new Workshop(database.store(), database.dataSource(), "node-a", Workshop.QUICK);
    }

    @AfterEach
    void close() {
        shop.close();
        database.close();
    }

    @Test
    void performsStepsInTheOrderOfTheirNeeds() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        shop.agent("worker", (task, context) -> {
                    order.add((String) task.input().get("step"));
                    return done(Map.of("from", task.results().keySet()));
                })
                .plan(step("c", "worker", "a", "b"), step("a", "worker"), step("b", "worker", "a"))
                .start();

        Goal goal = shop.await(shop.submit("do it"));

        assertThat(goal.status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(order).containsExactly("a", "b", "c");
        assertThat(shop.step(goal, "c").output()).isEqualTo(Map.of("from", List.of("a", "b")));
    }

    @Test
    void performsThePlanThatIsGivenAndRefusesOneThatCannotBeCarriedOut() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        shop.agent("worker", (task, context) -> {
                    order.add((String) task.input().get("step"));
                    return done(Map.of());
                })
                .start();
        Goals.NewGoal asked = new Goals.NewGoal("stage one", null, null, List.of(), false);

        Goal goal =
                shop.await(shop.goals().submitPlan(PAT, asked, List.of(step("b", "worker", "a"), step("a", "worker"))));

        assertThat(goal.status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(goal.requestedBy()).isEqualTo("pat");
        assertThat(order).containsExactly("a", "b");
        assertThatThrownBy(() -> shop.goals().submitPlan(PAT, asked, List.of(step("a", "nobody"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(() -> shop.goals()
                        .submitPlan(PAT, asked, List.of(step("a", "worker", "b"), step("b", "worker", "a"))))
                .hasMessageContaining("circle");
        assertThatThrownBy(() -> shop.goals().submitPlan(PAT, asked, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void performsIndependentStepsAtOnce() {
        CountDownLatch both = new CountDownLatch(2);
        shop.agent("worker", (task, context) -> {
                    both.countDown();
                    try {
                        both.await();
                    } catch (InterruptedException e) {
                        return new Outcome.Failed("alone", false);
                    }
                    return done(Map.of());
                })
                .plan(step("a", "worker"), step("b", "worker"))
                .start();

        assertThat(shop.await(shop.submit("do it")).status()).isEqualTo(Goal.Status.COMPLETED);
    }

    @Test
    void triesThreeTimesAndSkipsWhatNeedsIt() {
        AtomicInteger tries = new AtomicInteger();
        shop.agent("worker", (task, context) -> done(Map.of()))
                .agent("shaky", (task, context) -> {
                    tries.incrementAndGet();
                    return new Outcome.Failed("busy", true);
                })
                .plan(step("a", "shaky"), step("b", "worker", "a"), step("c", "worker"))
                .start();

        Goal goal = shop.await(shop.submit("do it"));

        assertThat(goal.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(goal.error()).contains("busy");
        assertThat(tries).hasValue(3);
        assertThat(shop.step(goal, "b").status()).isEqualTo(Step.Status.SKIPPED);
        assertThat(shop.step(goal, "c").status()).isEqualTo(Step.Status.COMPLETED);
    }

    @Test
    void anEffectHappensOnceWhenItsStepIsTriedAgain() {
        AtomicInteger effects = new AtomicInteger();
        AtomicInteger tries = new AtomicInteger();
        shop.tool("shop.change", Effect.WRITE, call -> ToolResult.ok(Map.of("n", effects.incrementAndGet())))
                .agent("worker", (task, context) -> {
                    ToolResult result = context.call("shop.change", Map.of("price", 5));
                    if (tries.incrementAndGet() < 3) {
                        return new Outcome.Failed("busy", true);
                    }
                    return done(((ToolResult.Ok) result).data());
                })
                .plan(step("a", "worker"))
                .start();

        Goal goal = shop.await(shop.submit("do it"));

        assertThat(goal.status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(effects).hasValue(1);
        assertThat(shop.step(goal, "a").output()).isEqualTo(Map.of("n", 1));
        assertThat(shop.step(goal, "a").generation()).isEqualTo("gen-worker");
    }

    @Test
    void anEffectThatNeedsApprovalHappensOnceAfterTheVotes() {
        AtomicInteger effects = new AtomicInteger();
        shop.tool("law.send", Effect.LEGAL, call -> ToolResult.ok(Map.of("n", effects.incrementAndGet())))
                .agent("worker", (task, context) -> {
                    try {
                        return done(((ToolResult.Ok) context.call("law.send", Map.of("letter", "x"))).data());
                    } catch (Throwable held) {
                        return done(Map.of("swallowed", true));
                    }
                })
                .plan(step("a", "worker"))
                .start();

        Goal goal = shop.await(shop.submit("do it"));

        assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_APPROVAL);
        assertThat(effects).hasValue(0);
        Approval approval = shop.open().get(0);
        shop.vote(TestGate.BEN, approval, Vote.Decision.APPROVE);
        assertThat(shop.goals().find(goal.id()).orElseThrow().status()).isEqualTo(Goal.Status.WAITING_APPROVAL);
        shop.vote(TestGate.CLEO, approval, Vote.Decision.APPROVE);
        goal = shop.await(goal);
        assertThat(goal.status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(effects).hasValue(1);
        assertThat(shop.step(goal, "a").output()).isEqualTo(Map.of("n", 1));
    }

    @Test
    void aRejectedStepFailsAndOtherBranchesGoOn() {
        shop.tool("law.send", Effect.LEGAL, call -> ToolResult.ok(Map.of()))
                .agent("worker", (task, context) -> {
                    if (task.input().get("step").equals("a")) {
                        context.call("law.send", Map.of());
                    }
                    return done(Map.of());
                })
                .plan(step("a", "worker"), step("b", "worker", "a"), step("c", "worker"))
                .start();
        Goal goal = shop.await(shop.submit("do it"));

        shop.vote(TestGate.BEN, shop.open().get(0), Vote.Decision.REJECT);

        Goal ended = shop.await(goal);
        assertThat(ended.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(shop.step(goal, "b").status()).isEqualTo(Step.Status.SKIPPED);
        assertThat(shop.step(goal, "c").status()).isEqualTo(Step.Status.COMPLETED);
        assertThatThrownBy(() ->
                        shop.goals().retry(PAT, goal.id(), shop.step(goal, "a").id()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDeclinedStepWaitsForInputAndGoesAgain() {
        AtomicInteger there = new AtomicInteger();
        shop.agent(
                        "worker",
                        (task, context) ->
                                there.get() == 0 ? new Outcome.Declined(List.of("orders of June")) : done(Map.of()))
                .plan(step("a", "worker"))
                .start();

        Goal goal = shop.await(shop.submit("do it"));

        assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_INPUT);
        assertThat(shop.step(goal, "a").missing()).containsExactly("orders of June");
        there.set(1);
        shop.goals().retry(PAT, goal.id(), shop.step(goal, "a").id());
        assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
    }

    @Test
    void inputThatDoesNotComeInSevenDaysFailsTheStepAndSkipsWhatNeedsIt() {
        shop.agent("worker", (task, context) -> new Outcome.Declined(List.of("orders of June")))
                .plan(step("a", "worker"), step("b", "worker", "a"))
                .start();
        Goal goal = shop.await(shop.submit("do it"));
        assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_INPUT);
        Step waiting = shop.step(goal, "a");

        database.later(Duration.ofDays(7).minusHours(1));
        assertThat(waiting.waitUntil()).isAfter(database.store().clock().instant());
        assertThat(shop.step(goal, "a").status()).isEqualTo(Step.Status.WAITING_INPUT);

        database.later(Duration.ofHours(2));
        Goal ended = shop.until(() ->
                shop.goals().find(goal.id()).filter(found -> found.status().ended()));
        assertThat(ended.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(shop.step(goal, "a").status()).isEqualTo(Step.Status.FAILED);
        assertThat(shop.step(goal, "a").error()).contains("orders of June");
        assertThat(shop.step(goal, "b").status()).isEqualTo(Step.Status.SKIPPED);
    }

    @Test
    void aCallOfUnknownFateWaitsForAPerson() {
        AtomicInteger calls = new AtomicInteger();
        shop.tool("shop.change", Effect.WRITE, call -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("connection lost");
                })
                .agent("worker", (task, context) -> {
                    ToolResult result = context.call("shop.change", Map.of());
                    return done(((ToolResult.Ok) result).data());
                })
                .plan(step("a", "worker"))
                .start();

        Goal goal = shop.await(shop.submit("do it"));

        assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_INPUT);
        Step waiting = shop.step(goal, "a");
        String call = shop.goals().unknown(waiting.id()).get(0).id();
        shop.goals().settle(PAT, goal.id(), waiting.id(), call, true, Optional.of(Map.of("id", "7")), "seen");
        assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(shop.step(goal, "a").output()).isEqualTo(Map.of("id", "7"));
        assertThat(calls).hasValue(1);
    }

    @Test
    void aCircleOrAnUnknownNeedAsksAPersonAtOnce() {
        shop.agent("worker", (task, context) -> done(Map.of()))
                .plan(step("a", "worker", "b"), step("b", "worker", "a"))
                .start();

        Goal goal = shop.await(shop.submit("do it"));

        assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_INPUT);
        assertThat(goal.rationale()).contains("circle");
        assertThat(shop.goals().steps(goal.id())).extracting(Step::agent).containsExactly(Thinking.PERSON);
    }

    @Test
    void aCancelledGoalStartsNoFurtherStep() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger second = new AtomicInteger();
        shop.agent("worker", (task, context) -> {
                    inside.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        return new Outcome.Failed("interrupted", false);
                    }
                    return done(Map.of());
                })
                .agent("second", (task, context) -> {
                    second.incrementAndGet();
                    return done(Map.of());
                })
                .plan(step("a", "worker"), step("b", "second", "a"))
                .start();
        Goal goal = shop.submit("do it");
        inside.await();

        shop.goals().cancel(PAT, goal.id());
        go.countDown();

        assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.CANCELLED);
        assertThat(second).hasValue(0);
        assertThat(shop.goals().steps(goal.id())).extracting(Step::status).containsOnly(Step.Status.CANCELLED);
    }

    @Test
    void aDryRunRunsNothingAndSaysWhatTheGateWouldAsk() {
        AtomicInteger ran = new AtomicInteger();
        shop.agent("worker", (task, context) -> {
                    ran.incrementAndGet();
                    return done(Map.of());
                })
                .plan(step("a", "worker"))
                .start();

        Goal goal =
                shop.await(shop.goals().submit(PAT, new Goals.NewGoal("do it", null, "conservative", List.of(), true)));

        assertThat(goal.status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(ran).hasValue(0);
        assertThat(shop.goals().report(goal.id()).sections()).hasSize(1);
    }

    @Test
    void whilePausedNothingStartsAndAfterwardsEverythingGoesOn() {
        shop.agent("worker", (task, context) -> done(Map.of()))
                .plan(step("a", "worker"))
                .start();
        shop.gate.pause(TestGate.ANNA);

        Goal goal = shop.submit("do it");
        shop.until(() -> shop.goals().find(goal.id()).filter(g -> g.status() == Goal.Status.PLANNED));
        assertThat(shop.step(goal, "a").status()).isEqualTo(Step.Status.READY);
        shop.gate.resume(TestGate.ANNA);

        assertThat(shop.await(goal).status()).isEqualTo(Goal.Status.COMPLETED);
    }

    @Test
    void aTaskForAnAgentIsAGoalOfOneStep() {
        shop.agent("worker", (task, context) -> done(Map.of("said", task.goal())))
                .start();

        Goal goal = shop.await(shop.goals().submitTask(PAT, "worker", "do", "hello", Map.of(), null));

        assertThat(goal.status()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(shop.step(goal, "task").output()).isEqualTo(Map.of("said", "hello"));
    }
}
