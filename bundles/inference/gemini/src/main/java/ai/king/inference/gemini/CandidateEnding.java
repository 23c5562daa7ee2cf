/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.gemini;

import ai.king.lib.wire.Ending;
import ai.king.lib.wire.Refused;
import dev.langchain4j.internal.Json;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A candidate ends with its {@code finishReason}; a prompt that is blocked has none. When to come back stands in the body of
 * an error ({@code google.rpc.RetryInfo}).
 */
final class CandidateEnding implements Ending {

    private static final Pattern DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"(\\d{1,9})(?:\\.\\d+)?s\"");

    private boolean malformed;

    @Override
    public Optional<Refused> fault(@Nullable String event, String data) {
        malformed |= data.contains("\"MALFORMED_FUNCTION_CALL\"");
        if (!data.contains("\"error\"") && !data.contains("\"blockReason\"")) {
            return Optional.empty();
        }
        Map<?, ?> frame = Json.fromJson(data, Map.class);
        if (frame.get("error") instanceof Map<?, ?> error) {
            int status = error.get("code") instanceof Number code ? code.intValue() : 500;
            return Optional.of(new Refused(status, data, retryAfterSeconds(data)));
        }
        if (frame.get("promptFeedback") instanceof Map<?, ?> feedback && feedback.get("blockReason") != null) {
            return Optional.of(
                    new Refused(400, "the prompt was blocked: " + feedback.get("blockReason"), Optional.empty()));
        }
        return Optional.empty();
    }

    /** Inside a text the quotes are escaped: what matches is the member itself. */
    @Override
    public boolean ends(@Nullable String event, String data) {
        return data.contains("\"finishReason\"");
    }

    @Override
    public Optional<Refused> refusal() {
        return malformed
                ? Optional.of(new Refused(502, "the model wrote a call that cannot be read", Optional.empty()))
                : Optional.empty();
    }

    @Override
    public Optional<Long> retryAfterSeconds(String body) {
        Matcher delay = DELAY.matcher(body);
        return delay.find() ? Optional.of(Long.valueOf(delay.group(1))) : Optional.empty();
    }
}
