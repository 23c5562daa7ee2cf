/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a model is asked.
 *
 * @param model a backend's model; empty lets the backend use its configured one
 * @param messages the conversation, oldest first
 * @param functions what the model may call
 * @param temperature 0 to 2
 * @param maxTokens upper bound of the answer in tokens
 */
public record Prompt(
        Optional<String> model,
        List<Message> messages,
        List<Function> functions,
        double temperature,
        OptionalInt maxTokens) {

    /**
     * A function the model may call.
     *
     * @param schema JSON Schema of the arguments as text
     */
    public record Function(String name, String description, String schema) {}

    /** A prompt of one user message under a system message, at a temperature for work that wants facts. */
    public static Prompt of(String system, String user) {
        return new Prompt(
                Optional.empty(),
                List.of(Message.of(Message.Role.SYSTEM, system), Message.of(Message.Role.USER, user)),
                List.of(),
                0.1,
                OptionalInt.empty());
    }
}
