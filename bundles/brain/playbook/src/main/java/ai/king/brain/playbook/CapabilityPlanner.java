/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import java.util.ArrayList;
import java.util.Comparator;
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
import java.util.stream.IntStream;

/**
 * Plans from what the agents say they can do: each wish of the intent's recipe becomes a step when somebody has the
 * skill, under its usual name or one of the same meaning. What nobody can do is named in the rationale, never made up.
 */
final class CapabilityPlanner implements Planner {

    /** How alike descriptions of one agent's skills must be to be taken for the same; and of anybody's. */
    private static final double ALIKE_OWN = 0.35;

    private static final double ALIKE_OTHER = 0.6;
    private static final int ANSWERS = 2;

    /** How near a question that nobody understood must come to a skill for it to be tried. */
    private static final double NEAR = 0.35;

    /** These steps are at least MEDIUM. */
    private static final Set<String> CAREFUL = Set.of("legal", "finance");

    private static final Pattern PLANS = Pattern.compile("\\b(plan|plans|planning)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern PRICES =
            Pattern.compile("\\b(prices?|pricing|priced|margins?|expensive|cheaper)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern LAW = Pattern.compile(
            "\\b(legal|legally|lawful|laws?|lawyers?|compliance|compliant|comply|gdpr|ccpa|wcag|pci)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STOCK = Pattern.compile(
            "\\b(stock|restock|reorder|replenish|refill|inventory|buy|purchases?|purchasing|supplies|order (?:new|more|now|enough|\\d+))\\b",
            Pattern.CASE_INSENSITIVE);

    @Override
    public Optional<Plan> plan(Situation situation, Mind mind) {
        List<Wish> wishes = Recipes.of(situation.intent()).stream()
                .filter(wish -> counts(wish, situation))
                .toList();
        if (wishes.isEmpty() || situation.capabilities().isEmpty()) {
            return Optional.empty();
        }
        Map<Wish, Capability> found = found(wishes, situation, mind);
        Set<String> there = found.keySet().stream().map(Wish::step).collect(Collectors.toSet());
        found.keySet().removeIf(wish -> superfluous(wish, there));
        if (situation.intent().type() == Intent.Type.QUERY) {
            found = nearest(found, situation, mind);
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<Plan.Step> steps = steps(found, situation);
        return Optional.of(new Plan(steps, rationale(situation, found, wishes)));
    }

    private static boolean superfluous(Wish wish, Set<String> steps) {
        return wish.within().stream().anyMatch(steps::contains);
    }

    private static boolean counts(Wish wish, Situation situation) {
        String goal = situation.goal();
        return switch (wish.when()) {
            case ALWAYS -> true;
            case DOCUMENTS -> !situation.documents().isEmpty();
            case LAW -> !situation.documents().isEmpty() && LAW.matcher(goal).find();
            case NAMED -> Spoken.names(wish.actions(), goal);
            case PRICES -> changes(situation)
                    && (PRICES.matcher(goal).find() || PLANS.matcher(goal).find());
            case STOCK -> changes(situation)
                    && (STOCK.matcher(goal).find() || PLANS.matcher(goal).find());
        };
    }

    /** Whoever asks a question wants nothing changed. */
    private static boolean changes(Situation situation) {
        return situation.intent().type() == Intent.Type.COMMAND;
    }

    private static Map<Wish, Capability> found(List<Wish> wishes, Situation situation, Mind mind) {
        Map<Wish, Capability> found = new LinkedHashMap<>();
        Set<Capability> taken = new HashSet<>();
        List<Wish> open = new ArrayList<>();
        for (Wish wish : wishes) {
            named(wish, situation, taken)
                    .filter(taken::add)
                    .ifPresentOrElse(capability -> found.put(wish, capability), () -> open.add(wish));
        }
        List<Capability> left = situation.capabilities().stream()
                .filter(capability -> !taken.contains(capability))
                .toList();
        alike(open, left, mind).forEach((wish, capability) -> {
            if (taken.add(capability)) {
                found.put(wish, capability);
            }
        });
        return found;
    }

    /** The skill of a wish that the goal names in its words; else the one it usually has. */
    private static Optional<Capability> named(Wish wish, Situation situation, Set<Capability> taken) {
        List<Capability> able = situation.capabilities().stream()
                .filter(capability -> !taken.contains(capability))
                .filter(capability -> capability.agent().equals(wish.agent()))
                .filter(capability -> wish.actions().contains(capability.action()))
                .toList();
        Optional<String> spoken =
                Spoken.first(able.stream().map(Capability::action).toList(), situation.goal());
        return able.stream()
                .min(Comparator.comparingInt(
                        capability -> spoken.filter(capability.action()::equals).isPresent()
                                ? -1
                                : wish.actions().indexOf(capability.action())));
    }

    private static Map<Wish, Capability> alike(List<Wish> wishes, List<Capability> capabilities, Mind mind) {
        Map<Wish, Capability> found = new LinkedHashMap<>();
        if (wishes.isEmpty() || capabilities.isEmpty()) {
            return found;
        }
        List<String> texts = new ArrayList<>();
        wishes.forEach(wish -> texts.add(wish.meaning()));
        capabilities.forEach(
                capability -> texts.add(capability.action().replace('_', ' ') + ": " + capability.description()));
        List<float[]> vectors =
                mind.embed(texts).orElse(List.of()).stream().map(Vectors::unit).toList();
        if (vectors.isEmpty()) {
            return found;
        }
        for (int i = 0; i < wishes.size(); i++) {
            Wish wish = wishes.get(i);
            float[] wanted = vectors.get(i);
            IntStream.range(0, capabilities.size())
                    .mapToObj(c -> Map.entry(capabilities.get(c), Vectors.dot(wanted, vectors.get(wishes.size() + c))))
                    .filter(entry ->
                            entry.getValue() >= (entry.getKey().agent().equals(wish.agent()) ? ALIKE_OWN : ALIKE_OTHER))
                    .max(Map.Entry.comparingByValue())
                    .ifPresent(best -> found.put(wish, best.getKey()));
        }
        return found;
    }

    /** For a question: the skills that come nearest to it; where nobody understood it, only those that are near. */
    private static Map<Wish, Capability> nearest(Map<Wish, Capability> found, Situation situation, Mind mind) {
        List<Wish> wishes = List.copyOf(found.keySet());
        boolean understood = situation.intent().action() != Intent.Action.UNKNOWN;
        List<String> texts = new ArrayList<>(List.of(new Utterance(situation.goal()).whole()));
        wishes.forEach(wish -> texts.add(wish.meaning()));
        List<float[]> vectors =
                mind.embed(texts).orElse(List.of()).stream().map(Vectors::unit).toList();
        if (vectors.isEmpty()) {
            found.keySet().retainAll(understood ? wishes.subList(0, Math.min(ANSWERS, wishes.size())) : List.of());
            return found;
        }
        Map<Wish, Double> nearness = new HashMap<>();
        for (int i = 0; i < wishes.size(); i++) {
            nearness.put(wishes.get(i), Vectors.dot(vectors.get(0), vectors.get(i + 1)));
        }
        List<Wish> best = wishes.stream()
                .filter(wish -> understood || nearness.getOrDefault(wish, 0.0) >= NEAR)
                .sorted(Comparator.comparingDouble(wish -> -nearness.getOrDefault(wish, 0.0)))
                .limit(ANSWERS)
                .toList();
        found.keySet().retainAll(best);
        return found;
    }

    private static List<Plan.Step> steps(Map<Wish, Capability> found, Situation situation) {
        Set<String> names = found.keySet().stream().map(Wish::step).collect(Collectors.toSet());
        return found.entrySet().stream()
                .map(entry -> {
                    Wish wish = entry.getKey();
                    Capability skill = entry.getValue();
                    List<String> after = wish.after().stream()
                            .filter(names::contains)
                            .sorted()
                            .toList();
                    Map<String, Object> input = new HashMap<>(situation.intent().parameters());
                    input.putAll(wish.input());
                    return new Plan.Step(
                            wish.step(),
                            skill.agent(),
                            skill.action(),
                            Map.copyOf(input),
                            after,
                            after.isEmpty() ? 1 : 2,
                            risk(skill));
                })
                .toList();
    }

    private static String risk(Capability skill) {
        boolean low = skill.risk().isEmpty() || skill.risk().equals("LOW");
        return low ? (CAREFUL.contains(skill.agent()) ? "MEDIUM" : "LOW") : skill.risk();
    }

    private static String rationale(Situation situation, Map<Wish, Capability> found, List<Wish> wishes) {
        String agents =
                found.values().stream().map(Capability::agent).distinct().collect(Collectors.joining(", "));
        Set<String> steps = found.keySet().stream().map(Wish::step).collect(Collectors.toSet());
        String missing = situation.intent().type() == Intent.Type.QUERY
                ? ""
                : wishes.stream()
                        .filter(wish -> !found.containsKey(wish) && !superfluous(wish, steps))
                        .map(wish -> wish.agent() + " (" + wish.actions().get(0) + ")")
                        .collect(Collectors.joining(", "));
        String plan = "To "
                + situation.intent().action().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + ": " + found.size() + (found.size() == 1 ? " step by " : " steps by ") + agents
                + "; what changes something comes after what it is based on.";
        return missing.isEmpty() ? plan : plan + " No agent here can do: " + missing + ".";
    }
}
