/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

import java.util.List;
import java.util.Optional;

/** How a chat ended. */
public sealed interface Reply {

    /**
     * The model answered.
     *
     * @param text the whole text; equal to the concatenation of what the listener received
     * @param calls functions the model wants called
     * @param finish {@code stop}, {@code length}, {@code tool_calls} or {@code content_filter}
     */
    record Answer(String model, String text, List<Message.FunctionCall> calls, String finish, Usage usage)
            implements Reply {}

    /**
     * The backend could not answer.
     *
     * @param reason what happened, without secrets
     * @param retriable true when another backend or a later attempt may help; false for a client error or a refusal
     * @param retryAfterSeconds when the far side named a time
     */
    record Unavailable(String reason, boolean retriable, Optional<Long> retryAfterSeconds) implements Reply {}

    /** Tokens as the backend counted them; 0 where it does not say. */
    record Usage(long promptTokens, long completionTokens) {}
}
