/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

import java.util.List;
import java.util.Optional;

/**
 * One message of a conversation.
 *
 * @param role who speaks
 * @param text what is said; empty for an assistant message that only calls tools
 * @param toolCalls calls the assistant asks for
 * @param toolCallId for {@link Role#TOOL}: the call this message answers
 */
public record Message(Role role, String text, List<FunctionCall> toolCalls, Optional<String> toolCallId) {

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    /**
     * A model's wish to call a function.
     *
     * @param id the id the answer refers to
     * @param name the function's name
     * @param arguments JSON text as the model wrote it, not yet validated
     */
    public record FunctionCall(String id, String name, String arguments) {}

    public static Message of(Role role, String text) {
        return new Message(role, text, List.of(), Optional.empty());
    }
}
