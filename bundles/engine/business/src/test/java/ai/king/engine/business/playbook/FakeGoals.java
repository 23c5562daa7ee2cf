/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import ai.king.brain.Plan;
import ai.king.store.Actor;
import ai.king.store.Store;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the goals that are filed, and ends them as a test says. */
final class FakeGoals {

    private static final Actor WORK = Actor.system("work");

    private final Store store;
    final List<Goal> filed = new ArrayList<>();
    final List<List<Plan.Step>> plans = new ArrayList<>();

    FakeGoals(Store store) {
        this.store = store;
    }

    Goals goals() {
        return (Goals) Proxy.newProxyInstance(
                Goals.class.getClassLoader(), new Class<?>[] {Goals.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "submitPlan" -> {
                            return submit((Actor) arguments[0], (Goals.NewGoal) arguments[1], plan(arguments[2]));
                        }
                        case "cancel" -> {
                            return end(String.valueOf(arguments[1]), Goal.Status.CANCELLED);
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private static List<Plan.Step> plan(Object steps) {
        return (List<Plan.Step>) steps;
    }

    private Goal submit(Actor by, Goals.NewGoal asked, List<Plan.Step> steps) {
        Goal goal = store.write(by, tx -> {
            tx.record("goal.submitted", "goal", Map.of());
            return tx.insert(goal(store.newId(), asked, by.name(), Goal.Status.PLANNED, tx.now(), null, 0));
        });
        filed.add(goal);
        plans.add(steps);
        return goal;
    }

    private static Goal goal(
            String id,
            Goals.NewGoal asked,
            String by,
            Goal.Status status,
            Instant at,
            @Nullable Instant finished,
            long version) {
        return new Goal(
                id,
                "goal",
                asked.text(),
                status,
                "PLAYBOOK",
                asked.businessId(),
                null,
                asked.documents(),
                false,
                null,
                null,
                finished == null ? null : "it " + status,
                by,
                false,
                0,
                at,
                finished,
                version);
    }

    /** The goal filed last. */
    Goal last() {
        return filed.get(filed.size() - 1);
    }

    Goal.Status status(Goal goal) {
        return store.read(reader -> reader.find(Goal.class, goal.id()))
                .orElseThrow()
                .status();
    }

    Goal end(String id, Goal.Status how) {
        return store.write(WORK, tx -> {
            Goal goal = tx.lock(Goal.class, id).orElseThrow();
            tx.record("goal.ended", id, Map.of());
            Goals.NewGoal asked = new Goals.NewGoal(goal.text(), goal.businessId(), null, goal.documents(), false);
            return tx.update(goal(id, asked, goal.requestedBy(), how, goal.createdAt(), tx.now(), goal.version()));
        });
    }
}
