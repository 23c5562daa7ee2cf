/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import ai.king.tool.ToolResult;
import java.util.List;
import java.util.Map;

/** How an inquiry ended. */
public sealed interface Inquired {

    /** Turns, tokens and what did not fit. */
    Effort effort();

    /**
     * The model came to an answer. What it says is the agent's to check: nothing of it is certain.
     *
     * @param looked the tools it called, in order, with what they gave
     */
    record Answered(String text, List<Looked> looked, Effort effort) implements Inquired {}

    /** It came to none; {@code retriable} when another attempt may. */
    record Ended(String reason, boolean retriable, Effort effort) implements Inquired {}

    /** One tool call of the model. */
    record Looked(String tool, Map<String, Object> arguments, ToolResult result) {}

    /**
     * What it took.
     *
     * @param model that answered last; empty when none did
     * @param tokenizer by which the texts were measured
     * @param leftOut a line for each text that did not fit into the model's window, and what became of it
     */
    record Effort(
            String model,
            int turns,
            long promptTokens,
            long completionTokens,
            String tokenizer,
            List<String> leftOut) {}
}
