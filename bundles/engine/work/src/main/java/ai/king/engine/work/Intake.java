/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.brain.Intent;
import ai.king.brain.Plan;
import ai.king.gate.Gate;
import ai.king.store.Actor;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Goal;
import ai.king.work.Goals.NewGoal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes goals in: looks at what is asked, stores it and queues it in one transaction. */
final class Intake {

    private static final int LONGEST_TEXT = 20_000;

    private final Store store;
    private final GoalQueue queue;
    private final AtOnce atOnce;
    private final Gate gate;
    private final Predicate<String> business;
    private final Supplier<Set<String>> agents;

    /**
     * @param business whether there is a business of this id
     * @param agents the names of those that are there
     */
    Intake(
            Store store,
            GoalQueue queue,
            AtOnce atOnce,
            Gate gate,
            Predicate<String> business,
            Supplier<Set<String>> agents) {
        this.store = store;
        this.queue = queue;
        this.atOnce = atOnce;
        this.gate = gate;
        this.business = business;
        this.agents = agents;
    }

    /** A goal that is yet to be planned. */
    Goal toPlan(Actor by, NewGoal asked) {
        check(asked);
        return stored(by, "goal", asked, Goal.Status.RECEIVED, List.of());
    }

    /** A goal of these steps. */
    Goal planned(Actor by, NewGoal asked, List<Plan.Step> steps) {
        check(asked);
        PlanCheck.refusal(new Plan(steps, ""), agents.get()).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return stored(by, "goal", asked, Goal.Status.PLANNED, steps);
    }

    /**
     * A goal of one step, begun here when this node has a place for it; whether its agent is there shows when it is
     * performed.
     */
    Goal task(Actor by, NewGoal asked, Plan.Step only) {
        check(asked);
        if (!atOnce.possible()) {
            return stored(by, "task", asked, Goal.Status.PLANNED, List.of(only));
        }
        return accepted(store.write(by, tx -> {
            Goal goal = goal(by, tx, "task", asked, Goal.Status.PLANNED);
            Happenings.goal(tx, goal, "goal.submitted");
            return atOnce.store(tx, goal, Thinking.step(goal.id(), only, store.newId()));
        }));
    }

    private Goal stored(Actor by, String kind, NewGoal asked, Goal.Status status, List<Plan.Step> steps) {
        return accepted(store.write(by, tx -> {
            Goal goal = tx.insert(goal(by, tx, kind, asked, status));
            steps.forEach(step -> tx.insert(Thinking.step(goal.id(), step, store.newId())));
            Happenings.goal(tx, goal, "goal.submitted");
            queue.add(tx, goal.id());
            return goal;
        }));
    }

    private static Goal accepted(Goal goal) {
        FaultPoint.GOAL_STORED.hit();
        return goal;
    }

    private void check(NewGoal asked) {
        if (asked.text().isBlank()) {
            throw new IllegalArgumentException("a goal needs a text");
        }
        int length = asked.text().length();
        if (length > LONGEST_TEXT) {
            throw new IllegalArgumentException("a goal has at most " + LONGEST_TEXT + " characters, not " + length);
        }
        @Nullable String of = asked.businessId();
        if (of != null && !business.test(of)) {
            throw new IllegalArgumentException("there is no business " + of);
        }
        @Nullable String profile = asked.riskProfile();
        if (profile != null && gate.profiles().stream().noneMatch(p -> p.name().equals(profile))) {
            throw new IllegalArgumentException("there is no risk profile " + profile);
        }
    }

    private Goal goal(Actor by, Tx tx, String kind, NewGoal asked, Goal.Status status) {
        boolean planned = status == Goal.Status.PLANNED;
        return new Goal(
                store.newId(),
                kind,
                asked.text(),
                status,
                planned ? "PLAYBOOK" : null,
                asked.businessId(),
                asked.riskProfile(),
                asked.documents(),
                asked.dryRun(),
                planned ? new Intent(Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 1) : null,
                null,
                null,
                by.name(),
                by.kind() == Actor.Kind.AI,
                0,
                tx.now(),
                null,
                0);
    }
}
