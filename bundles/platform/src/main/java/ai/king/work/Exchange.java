/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.agent.Source;
import ai.king.brain.Intent;
import ai.king.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person said and what was answered.
 *
 * @param goalId the goal that was filed for it
 * @param actions what the person may do next; none of them is done by saying so in a document or by a model
 * @param sources where the figures of the reply come from
 */
public record Exchange(
        String id,
        String conversationId,
        String message,
        String reply,
        Intent intent,
        @Nullable String goalId,
        List<Next> actions,
        List<Source> sources,
        Instant at,
        long version)
        implements Row {

    /**
     * Something that waits for the person.
     *
     * @param id of the approval, goal or business; for {@code CONFIRM} the word to answer with
     * @param detail what the person should know of it, by name: {@code risk}, {@code payloadSha256}, {@code votes}
     */
    public record Next(Kind kind, String id, String title, Map<String, String> detail) {}

    /** What kind of thing waits. */
    public enum Kind {
        /** A question to people: decided by votes on the approval alone. */
        APPROVAL,
        /** A goal, to look at. */
        GOAL,
        /** The next message may confirm. */
        CONFIRM,
        /** One of the businesses that may be meant. */
        BUSINESS
    }
}
