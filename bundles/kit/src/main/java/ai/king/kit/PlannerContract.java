/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.brain.Intent;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every planner keeps. */
public abstract class PlannerContract {

    protected abstract Planner planner();

    protected Mind mind() {
        return FakeMind.empty();
    }

    /** A situation this planner can plan for. */
    protected abstract Situation situation();

    @Test
    void plansOnlyWithAgentsThatAreThere() {
        Set<String> agents = new HashSet<>();
        situation().capabilities().forEach(capability -> agents.add(capability.agent()));
        plan().ifPresent(plan ->
                assertThat(plan.steps()).allSatisfy(step -> assertThat(agents).contains(step.agent())));
    }

    @Test
    void dependsOnlyOnStepsOfThePlanWithoutACycle() {
        plan().ifPresent(plan -> {
            Set<String> done = new HashSet<>();
            List<Plan.Step> open = plan.steps();
            while (!open.isEmpty()) {
                List<Plan.Step> next = open.stream()
                        .filter(step -> done.containsAll(step.dependsOn()))
                        .toList();
                assertThat(next)
                        .as("unknown dependency or cycle among %s", open)
                        .isNotEmpty();
                next.forEach(step -> done.add(step.name()));
                open = open.stream().filter(step -> !done.contains(step.name())).toList();
            }
        });
    }

    @Test
    void saysNotMeWithoutAnyAgent() {
        Situation bare = new Situation(
                "Do something",
                new Intent(Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 0),
                Map.of(),
                Set.of(),
                List.of(),
                List.of());
        assertThat(planner().plan(bare, mind())).isEmpty();
    }

    private Optional<Plan> plan() {
        return planner().plan(situation(), mind());
    }
}
