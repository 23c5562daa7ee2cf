/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A skill that a plan would like to use, whoever has it.
 *
 * @param step name of the step it becomes
 * @param agent whose skill it usually is
 * @param actions names it usually has, the best first
 * @param meaning what it does, to find it under another name
 * @param when what must hold for it to be worth a step
 * @param after steps whose data it works on
 * @param within steps that do this, too, so that it is not needed beside them
 * @param input parameters of its step beside those of the intent
 */
record Wish(
        String step,
        String agent,
        List<String> actions,
        String meaning,
        When when,
        Set<String> after,
        Set<String> within,
        Map<String, Object> input) {

    /** What a text or a situation must hold for a wish to count. */
    enum When {
        ALWAYS,
        /** Documents came with the goal or belong to the business. */
        DOCUMENTS,
        /** There are documents, and the goal asks about law or compliance by name. */
        LAW,
        /** The goal names the skill in its words. */
        NAMED,
        /** The goal speaks of prices, or asks for a plan. */
        PRICES,
        /** The goal speaks of stock or buying, or asks for a plan. */
        STOCK
    }

    static Wish of(String step, String agent, String actions, String meaning) {
        return new Wish(step, agent, List.of(actions.split(" ")), meaning, When.ALWAYS, Set.of(), Set.of(), Map.of());
    }

    Wish when(When condition) {
        return new Wish(step, agent, actions, meaning, condition, after, within, input);
    }

    Wish after(String... steps) {
        return new Wish(step, agent, actions, meaning, when, Set.of(steps), within, input);
    }

    Wish within(String... steps) {
        return new Wish(step, agent, actions, meaning, when, after, Set.of(steps), input);
    }

    Wish with(String parameter, Object value) {
        return new Wish(step, agent, actions, meaning, when, after, within, Map.of(parameter, value));
    }
}
