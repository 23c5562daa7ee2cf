/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.brain.Plan;
import ai.king.gate.Risk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a plan can be carried out at all; what cannot is refused before anything of it starts. */
final class PlanCheck {

    private static final int MOST_STEPS = 200;
    private static final Set<String> AT_LEAST_MEDIUM = Set.of("legal", "finance");

    private PlanCheck() {}

    /** Why the plan is refused; empty when it is sound. */
    static Optional<String> refusal(Plan plan, Set<String> agents) {
        return refusal(plan, agents, Set.of(), Set.of());
    }

    /**
     * The same for a plan that goes on with another.
     *
     * @param taken names of steps there are
     * @param done those a new step may depend on
     */
    static Optional<String> refusal(Plan plan, Set<String> agents, Set<String> taken, Set<String> done) {
        if (plan.steps().isEmpty()) {
            return Optional.of("the plan has no steps");
        }
        if (plan.steps().size() > MOST_STEPS) {
            return Optional.of("the plan has more than " + MOST_STEPS + " steps");
        }
        Set<String> names = new HashSet<>();
        for (Plan.Step step : plan.steps()) {
            if (step.name().isBlank() || taken.contains(step.name()) || !names.add(step.name())) {
                return Optional.of("two steps are called '" + step.name() + "'");
            }
            if (!agents.contains(step.agent())) {
                return Optional.of("step " + step.name() + " needs the agent " + step.agent() + ", which is not there");
            }
        }
        for (Plan.Step step : plan.steps()) {
            for (String needed : step.dependsOn()) {
                if (!names.contains(needed) && !done.contains(needed)) {
                    return Optional.of("step " + step.name() + " depends on " + needed + ", which is not in the plan");
                }
            }
        }
        return circle(plan, done);
    }

    private static Optional<String> circle(Plan plan, Set<String> done) {
        Map<String, Set<String>> waiting = new HashMap<>();
        plan.steps().forEach(step -> waiting.put(step.name(), new HashSet<>(step.dependsOn())));
        waiting.values().forEach(needed -> needed.removeAll(done));
        List<String> free = new ArrayList<>();
        do {
            free.clear();
            waiting.forEach((name, needed) -> {
                if (needed.isEmpty()) {
                    free.add(name);
                }
            });
            free.forEach(waiting::remove);
            waiting.values().forEach(needed -> needed.removeAll(free));
        } while (!free.isEmpty());
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of("the steps wait for each other in a circle: "
                        + waiting.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }

    /** The risk a step has at least; an unknown word counts as HIGH. */
    static Risk risk(String agent, String word) {
        Risk risk;
        try {
            risk = Risk.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            risk = Risk.HIGH;
        }
        return AT_LEAST_MEDIUM.contains(agent) ? risk.atLeast(Risk.MEDIUM) : risk;
    }
}
