/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain;

/**
 * A skill of an agent that is there.
 *
 * @param agent the agent's name
 * @param action the skill's name
 * @param description one sentence
 * @param risk risk a step of this agent starts with
 */
public record Capability(String agent, String action, String description, String risk) {}
