/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import java.util.List;
import java.util.Map;

/**
 * What an agent is asked to do.
 *
 * @param id the step's id
 * @param action one of the agent's capabilities, or empty: the agent chooses by the goal
 * @param goal the goal in plain words, as the person wrote it
 * @param input JSON values: parameters of the step
 * @param results what earlier steps returned, by step name
 * @param documents ids of the documents that came with the goal
 */
public record Task(
        String id,
        String action,
        String goal,
        Map<String, Object> input,
        Map<String, Map<String, Object>> results,
        List<String> documents) {}
