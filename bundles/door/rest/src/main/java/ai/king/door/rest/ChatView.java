/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.agent.Source;
import ai.king.brain.Intent;
import ai.king.work.Exchange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was said and answered; {@code sources} say where the figures of the reply come from. */
public record ChatView(
        String id,
        String conversationId,
        String message,
        String reply,
        Intent intent,
        @Nullable String goalId,
        List<ActionView> actions,
        List<Source> sources,
        Instant at) {

    /**
     * What the person may do next; an approval is decided by votes on it alone.
     *
     * @param type {@code APPROVAL}, {@code GOAL}, {@code CONFIRM} or {@code BUSINESS}
     */
    public record ActionView(String type, String id, String title, Map<String, String> detail) {}

    static ChatView of(Exchange exchange) {
        return new ChatView(
                exchange.id(),
                exchange.conversationId(),
                exchange.message(),
                exchange.reply(),
                exchange.intent(),
                exchange.goalId(),
                exchange.actions().stream()
                        .map(next -> new ActionView(next.kind().name(), next.id(), next.title(), next.detail()))
                        .toList(),
                exchange.sources(),
                exchange.at());
    }
}
