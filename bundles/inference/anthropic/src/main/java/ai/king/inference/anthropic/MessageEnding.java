/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.anthropic;

import ai.king.lib.wire.Ending;
import ai.king.lib.wire.Refused;
import dev.langchain4j.internal.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message ends with {@code message_stop}; {@code error} is an event of its own; a refusal is a reason to stop. */
final class MessageEnding implements Ending {

    /** The statuses that Anthropic gives these errors when they come before a stream. */
    private static final Map<String, Integer> STATUSES = Map.of(
            "invalid_request_error", 400,
            "authentication_error", 401,
            "billing_error", 402,
            "permission_error", 403,
            "not_found_error", 404,
            "request_too_large", 413,
            "rate_limit_error", 429,
            "timeout_error", 504,
            "overloaded_error", 529);

    private boolean refused;

    @Override
    public Optional<Refused> fault(@Nullable String event, String data) {
        if ("error".equals(event)) {
            return Optional.of(new Refused(status(data), data, Optional.empty()));
        }
        refused |= "message_delta".equals(event) && data.contains("\"stop_reason\":\"refusal\"");
        return Optional.empty();
    }

    @Override
    public boolean ends(@Nullable String event, String data) {
        return "message_stop".equals(event);
    }

    @Override
    public Optional<Refused> refusal() {
        return refused ? Optional.of(new Refused(400, "the model refused", Optional.empty())) : Optional.empty();
    }

    private static int status(String data) {
        return Json.fromJson(data, Map.class).get("error") instanceof Map<?, ?> error
                        && error.get("type") instanceof String type
                ? STATUSES.getOrDefault(type, 500)
                : 500;
    }
}
