/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import ai.king.agent.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Work like the recorded one that nobody asked for yet: other words, other input, other actions. What a version does only now
 * and then, or only at a bound, shows here where the few recorded steps happen to miss it.
 */
final class Variants {

    private static final int MOST_WORDS = 24;
    private static final int MOST_INPUTS = 16;
    private static final int MOST_ACTIONS = 8;

    private Variants() {}

    /** @param actions that the agent says it has */
    static List<Recording> of(List<Recording> recordings, List<String> actions) {
        List<Recording> variants = new ArrayList<>();
        for (int i = 0; i < MOST_WORDS; i++) {
            Recording base = recordings.get(i % recordings.size());
            Task task = base.task();
            variants.add(with(base, i, task.action(), task.goal() + " variant " + i, task.input()));
        }
        for (Recording base : ofEachAction(recordings)) {
            for (Map<String, Object> input : inputs(base.task().input())) {
                if (variants.size() < MOST_WORDS + MOST_INPUTS) {
                    variants.add(with(
                            base,
                            variants.size(),
                            base.task().action(),
                            base.task().goal(),
                            input));
                }
            }
        }
        Set<String> others = new LinkedHashSet<>(actions.subList(0, Math.min(MOST_ACTIONS, actions.size())));
        others.addAll(List.of("", "no such action"));
        ofEachAction(recordings)
                .forEach(recorded -> others.remove(recorded.task().action()));
        Recording first = recordings.get(0);
        for (String action : others) {
            variants.add(with(first, variants.size(), action, first.task().goal(), Map.of()));
        }
        return variants;
    }

    private static List<Recording> ofEachAction(List<Recording> recordings) {
        return List.copyOf(recordings.stream()
                .collect(Collectors.toMap(
                        recording -> recording.task().action(), one -> one, (one, other) -> one, LinkedHashMap::new))
                .values());
    }

    /** One value left out, and numbers and texts at their bounds. */
    private static List<Map<String, Object>> inputs(Map<String, Object> input) {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (String key : input.keySet()) {
            Map<String, Object> without = new LinkedHashMap<>(input);
            Object value = without.remove(key);
            inputs.add(without);
            List<Object> others = value instanceof Number number
                    ? List.of(0, -1, number.longValue() + 1, number.longValue() * 1000)
                    : value instanceof String ? List.of("") : List.of();
            for (Object other : others) {
                Map<String, Object> changed = new LinkedHashMap<>(input);
                changed.put(key, other);
                inputs.add(changed);
            }
        }
        return inputs;
    }

    private static Recording with(Recording base, int no, String action, String goal, Map<String, Object> input) {
        Task task = base.task();
        return new Recording(
                base.goal(),
                base.step(),
                new Task(task.id() + "-v" + no, action, goal, input, task.results(), task.documents()),
                base.calls());
    }
}
