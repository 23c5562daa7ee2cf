/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import java.util.List;

/**
 * Something a model is to find out by itself, turn by turn, with tools.
 *
 * @param instructions how to work and what an answer looks like: the agent's own words, the only ones the model follows
 * @param question what is asked; data, as everything below
 * @param materials texts to rest on, the most important last: when they do not all fit, the first are summarised
 * @param tools names of the tools it may call; one that is not there is left out
 * @param temperature 0 to 2
 */
public record Inquiry(
        String instructions, String question, List<Material> materials, List<String> tools, double temperature) {

    /** A text with a name to cite it by. */
    public record Material(String name, String text) {}
}
