/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import ai.king.brain.Capability;
import ai.king.brain.Plan;
import ai.king.brain.Situation;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a plan from a model's JSON and refuses what could not be carried out, with a reason the model can act on. */
final class PlanReading {

    private static final List<String> RISKS = List.of("LOW", "MEDIUM", "HIGH", "CRITICAL");
    private static final Set<String> CAREFUL = Set.of("legal", "finance");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};
    /** What an agent does needs what the others found or made, when they are in the same plan. */
    private static final Map<String, Set<String>> AFTER = Map.of(
            "commerce", Set.of("research"),
            "code", Set.of("research"),
            "content", Set.of("research"),
            "legal", Set.of("content"));

    private final Situation situation;
    private final ObjectMapper json;
    private final int most;
    private final Map<String, Capability> skills = new HashMap<>();

    PlanReading(Situation situation, ObjectMapper json, int most) {
        this.situation = situation;
        this.json = json;
        this.most = most;
        situation.capabilities().forEach(skill -> skills.put(skill.agent() + " " + skill.action(), skill));
    }

    Plan read(JsonNode object) {
        JsonNode steps = object.path("steps");
        if (!steps.isArray()) {
            throw new Unusable("it has no list “steps”");
        }
        if (steps.size() > most) {
            throw new Unusable("it has more than " + most + " steps");
        }
        List<Plan.Step> read = new ArrayList<>();
        steps.forEach(step -> read.add(step(step)));
        check(read);
        return new Plan(List.copyOf(read), object.path("rationale").asText("").strip());
    }

    private Plan.Step step(JsonNode node) {
        String name = node.path("name").asText("");
        if (!NAME.matcher(name).matches()) {
            throw new Unusable("the name “" + name + "” of a step is not lower case with underscores");
        }
        Capability skill = skill(name, node);
        return new Plan.Step(
                name,
                skill.agent(),
                skill.action(),
                input(name, node.path("input")),
                names(name, node.path("depends_on")),
                Math.max(1, node.path("priority").asInt(1)),
                risk(name, node.path("risk"), skill));
    }

    private Capability skill(String name, JsonNode node) {
        String agent = node.path("agent").asText("");
        String action = node.path("action").asText("");
        Capability skill = skills.get(agent + " " + action);
        if (skill != null) {
            return skill;
        }
        String its = situation.capabilities().stream()
                .filter(each -> each.agent().equals(agent))
                .map(Capability::action)
                .collect(Collectors.joining(", "));
        if (its.isEmpty()) {
            String agents = situation.capabilities().stream()
                    .map(Capability::agent)
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new Unusable(
                    "step " + name + " needs the agent “" + agent + "”, which is not there; there are " + agents);
        }
        throw new Unusable("step " + name + ": " + agent + " has no action “" + action + "”; it has " + its);
    }

    private Map<String, Object> input(String name, JsonNode node) {
        Map<String, Object> input = new LinkedHashMap<>(situation.intent().parameters());
        if (node.isMissingNode() || node.isNull()) {
            return input;
        }
        if (!node.isObject()) {
            throw new Unusable("the input of step " + name + " is no object");
        }
        input.putAll(json.convertValue(node, VALUES));
        input.values().removeIf(value -> value == null);
        return input;
    }

    private static List<String> names(String name, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        node.forEach(each -> names.add(each.asText()));
        if (!node.isArray()) {
            throw new Unusable("depends_on of step " + name + " is no list");
        }
        return names.stream().distinct().toList();
    }

    /** Never below what the skill starts with; unknown words are told. */
    private static String risk(String name, JsonNode node, Capability skill) {
        String word = node.asText("LOW").strip().toUpperCase(Locale.ROOT);
        if (!RISKS.contains(word)) {
            throw new Unusable("the risk “" + word + "” of step " + name + " is none of " + String.join(", ", RISKS));
        }
        int least = Math.max(RISKS.indexOf(skill.risk()), CAREFUL.contains(skill.agent()) ? 1 : 0);
        return RISKS.get(Math.max(RISKS.indexOf(word), least));
    }

    private void check(List<Plan.Step> steps) {
        Set<String> names = new HashSet<>();
        Set<String> earlier =
                situation.tried().stream().map(Situation.Tried::name).collect(Collectors.toSet());
        for (Plan.Step step : steps) {
            if (!names.add(step.name()) || earlier.contains(step.name())) {
                throw new Unusable("two steps are called " + step.name());
            }
        }
        Set<String> done = situation.tried().stream()
                .filter(tried -> tried.status().equals("COMPLETED"))
                .map(Situation.Tried::name)
                .collect(Collectors.toSet());
        for (Plan.Step step : steps) {
            for (String needed : step.dependsOn()) {
                if (!names.contains(needed) && !done.contains(needed)) {
                    throw new Unusable("step " + step.name() + " depends on " + needed + ", which is not in the plan");
                }
            }
        }
        Map<String, Set<String>> before = before(steps, done);
        order(steps, before).ifPresent(fault -> {
            throw new Unusable(fault);
        });
    }

    /** For each step all that comes before it; refused when some wait for each other. */
    private static Map<String, Set<String>> before(List<Plan.Step> steps, Set<String> done) {
        Map<String, Set<String>> before = new HashMap<>();
        List<Plan.Step> open = new ArrayList<>(steps);
        while (!open.isEmpty()) {
            List<Plan.Step> free = open.stream()
                    .filter(step ->
                            step.dependsOn().stream().allMatch(name -> done.contains(name) || before.containsKey(name)))
                    .toList();
            if (free.isEmpty()) {
                throw new Unusable("these steps wait for each other in a circle: "
                        + open.stream().map(Plan.Step::name).sorted().collect(Collectors.joining(", ")));
            }
            for (Plan.Step step : free) {
                Set<String> all = new HashSet<>(step.dependsOn());
                step.dependsOn().forEach(name -> all.addAll(before.getOrDefault(name, Set.of())));
                before.put(step.name(), all);
            }
            open.removeAll(free);
        }
        return before;
    }

    private static Optional<String> order(List<Plan.Step> steps, Map<String, Set<String>> before) {
        for (Plan.Step step : steps) {
            Set<String> needs = AFTER.getOrDefault(step.agent(), Set.of());
            for (Plan.Step other : steps) {
                boolean first = before.getOrDefault(step.name(), Set.of()).contains(other.name());
                boolean after = before.getOrDefault(other.name(), Set.of()).contains(step.name());
                if (needs.contains(other.agent()) && !first && !after) {
                    return Optional.of("step " + step.name() + " (" + step.agent() + ") must depend on " + other.name()
                            + " (" + other.agent() + ")");
                }
            }
        }
        return Optional.empty();
    }
}
