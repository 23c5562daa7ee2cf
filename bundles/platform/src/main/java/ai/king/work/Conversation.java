/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.store.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of one person with the platform.
 *
 * @param person whose it is; nobody else reads it
 * @param businessId the business that it was about last
 * @param pending what the platform has asked and the next message may answer
 */
public record Conversation(
        String id,
        String person,
        @Nullable String businessId,
        @Nullable Pending pending,
        Instant createdAt,
        Instant lastAt,
        long version)
        implements Row {

    /**
     * A question of the platform.
     *
     * @param kind {@code CONFIRM}: file this as a goal? {@code BUSINESS}: which business does this mean?
     * @param text what the person had said
     * @param businessId the business it is about, where that is known
     */
    public record Pending(Kind kind, String text, @Nullable String businessId) {

        /** What is asked. */
        public enum Kind {
            CONFIRM,
            BUSINESS
        }
    }
}
