/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import dev.langchain4j.internal.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions end with {@code [DONE]}; errors and refusals come inside frames. */
public final class OpenAiEnding implements Ending {

    private static final String DONE = "[DONE]";

    private final StringBuilder refusal = new StringBuilder();

    @Override
    public Optional<Refused> fault(@Nullable String event, String data) {
        if (!data.contains("\"error\"") && !data.contains("\"refusal\"")) {
            return Optional.empty();
        }
        Map<?, ?> frame = Json.fromJson(data, Map.class);
        if (frame.get("error") instanceof Map<?, ?> error) {
            return Optional.of(new Refused(status(error), data, Optional.empty()));
        }
        if ("error".equals(frame.get("object"))) {
            return Optional.of(new Refused(status(frame), data, Optional.empty()));
        }
        if (frame.get("choices") instanceof List<?> choices
                && !choices.isEmpty()
                && choices.get(0) instanceof Map<?, ?> choice
                && choice.get("delta") instanceof Map<?, ?> delta
                && delta.get("refusal") instanceof String piece) {
            refusal.append(piece);
        }
        return Optional.empty();
    }

    @Override
    public boolean ends(@Nullable String event, String data) {
        return data.strip().equals(DONE);
    }

    @Override
    public Optional<Refused> refusal() {
        return refusal.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refused(400, "the model refused: " + refusal, Optional.empty()));
    }

    /** Servers name the status in the frame or not at all; then it is the server's own failure. */
    private static int status(Map<?, ?> error) {
        return error.get("code") instanceof Number number && number.intValue() >= 400 && number.intValue() < 600
                ? number.intValue()
                : 500;
    }
}
