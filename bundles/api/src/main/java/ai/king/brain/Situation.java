/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a planner knows.
 *
 * @param goal the goal as the person wrote it
 * @param intent what it wants
 * @param business profile of the business; empty when the goal names none
 * @param recordKinds kinds of records the business has rows of
 * @param documents ids of the documents that came with the goal or belong to the business
 * @param capabilities the skills of the agents that are there
 * @param tried steps of an earlier plan for this goal, in order; empty when this is the first. Only what is still missing is
 *     to be planned then; a new step may depend on one that is completed
 * @param memory what the business remembers that the goal is about, least near first; only what is in its own words, nothing
 *     that came from outside
 * @param history how the last goals of the business ended, oldest first; of the same kind
 */
public record Situation(
        String goal,
        Intent intent,
        Map<String, String> business,
        Set<String> recordKinds,
        List<String> documents,
        List<Capability> capabilities,
        List<Tried> tried,
        List<Known> memory,
        List<Known> history) {

    /** What is known when nothing is remembered. */
    public Situation(
            String goal,
            Intent intent,
            Map<String, String> business,
            Set<String> recordKinds,
            List<String> documents,
            List<Capability> capabilities,
            List<Tried> tried) {
        this(goal, intent, business, recordKinds, documents, capabilities, tried, List.of(), List.of());
    }

    /** What is known when nothing was tried yet. */
    public Situation(
            String goal,
            Intent intent,
            Map<String, String> business,
            Set<String> recordKinds,
            List<String> documents,
            List<Capability> capabilities) {
        this(goal, intent, business, recordKinds, documents, capabilities, List.of());
    }

    /**
     * A step of an earlier plan.
     *
     * @param status as it stands now: {@code COMPLETED FAILED WAITING_INPUT} ...
     * @param outcome why it failed or what it misses; empty when there is nothing to say
     */
    public record Tried(String name, String agent, String action, String status, String outcome) {}

    /**
     * Something remembered.
     *
     * @param from who wrote it
     */
    public record Known(String from, String text) {}
}
