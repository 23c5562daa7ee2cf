/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.agent.Report;
import ai.king.brain.Plan;
import ai.king.store.Actor;
import ai.king.store.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Goals and their steps. Bad input is {@link IllegalArgumentException}, a move its state forbids {@link IllegalStateException}. */
@ProviderType
public interface Goals {

    /** Stores a goal; when this returns it is accepted and will end or wait for somebody. */
    Goal submit(Actor by, NewGoal goal);

    /** Stores a goal of one step for one agent. */
    Goal submitTask(
            Actor by, String agent, String action, String text, Map<String, Object> input, @Nullable String businessId);

    /**
     * Stores a goal whose steps are given, so that nobody plans it. A plan that cannot be carried out (an unknown agent or
     * dependency, a circle) is bad input.
     */
    Goal submitPlan(Actor by, NewGoal goal, List<Plan.Step> steps);

    /** Waits until a goal ends or waits for somebody, at most so long; its state then. */
    Goal await(String goalId, Duration atMost);

    /** As {@link #await}, with the steps as they are then. */
    default Standing awaitStanding(String goalId, Duration atMost) {
        Goal goal = await(goalId, atMost);
        return new Standing(goal, steps(goalId));
    }

    Optional<Goal> find(String id);

    List<Step> steps(String goalId);

    /** What the steps that came to an end report, joined in the order of the plan. */
    Report report(String goalId);

    /** What the goal took of models: for its intent, its plan and each step, in this order. */
    default List<ModelUse> modelUse(String goalId) {
        return List.of();
    }

    /** Calls of a step whose fate a person must decide. */
    List<Call> unknown(String stepId);

    Page<Goal> page(Optional<Goal.Status> status, Optional<String> businessId, @Nullable String cursor, int limit);

    /** No further step starts; calls under way end. */
    Goal cancel(Actor by, String goalId);

    /** A failed or waiting step, and what it held back, goes again. */
    Goal retry(Actor by, String goalId, String stepId);

    /**
     * Decides the fate of an unknown call: happened records the result given, not happened lets it go again under the same
     * key.
     */
    Goal settle(
            Actor by,
            String goalId,
            String stepId,
            String callId,
            boolean happened,
            Optional<Map<String, Object>> result,
            String notes);

    /** A goal and its steps. */
    record Standing(Goal goal, List<Step> steps) {}

    /**
     * A goal as it is asked for.
     *
     * @param riskProfile a stricter profile for this goal
     */
    record NewGoal(
            String text,
            @Nullable String businessId,
            @Nullable String riskProfile,
            List<String> documents,
            boolean dryRun) {}
}
