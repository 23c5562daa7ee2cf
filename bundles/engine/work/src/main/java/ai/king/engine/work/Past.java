/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agents.Memories;
import ai.king.brain.Situation;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What a planner gets to know of what was before. What is marked stays out: a plan has no mark, so that words from outside
 * would reach what the steps do without one.
 */
final class Past {

    private static final int NEAR = 8;
    private static final int SUMMARIES = 2;
    private static final int OUTCOMES = 8;
    private static final int LONGEST_QUESTION = 2_000;
    private static final String KIND = "kind";
    private static final String OUTCOME = "outcome";

    private final Memories memories;

    Past(Memories memories) {
        this.memories = memories;
    }

    /** What a business remembers about a text, least near first; how goals ended stands apart. */
    List<Situation.Known> near(String businessId, String text) {
        String namespace = Memories.business(businessId);
        String about = text.length() <= LONGEST_QUESTION ? text : text.substring(0, LONGEST_QUESTION);
        List<Recalled> found = new ArrayList<>();
        memories.recall(namespace, about, Map.of(), NEAR).stream()
                .filter(each -> !OUTCOME.equals(each.entry().attributes().get(KIND)))
                .forEach(found::add);
        found.addAll(memories.summaries(namespace, SUMMARIES));
        return known(found);
    }

    /** How the last goals of a business ended, oldest first. */
    List<Situation.Known> outcomes(String businessId) {
        return known(memories.recent(Memories.business(businessId), Map.of(KIND, OUTCOME), OUTCOMES));
    }

    /** The best first becomes the best last: what is first is the first to go. */
    private static List<Situation.Known> known(List<Recalled> found) {
        List<Situation.Known> known = new ArrayList<>();
        for (Recalled recalled : found) {
            Entry entry = recalled.entry();
            if (!entry.marked()) {
                known.add(new Situation.Known(entry.writer(), entry.text()));
            }
        }
        Collections.reverse(known);
        return List.copyOf(known);
    }
}
