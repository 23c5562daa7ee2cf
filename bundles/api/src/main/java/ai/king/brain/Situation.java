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
 */
public record Situation(
        String goal,
        Intent intent,
        Map<String, String> business,
        Set<String> recordKinds,
        List<String> documents,
        List<Capability> capabilities) {}
