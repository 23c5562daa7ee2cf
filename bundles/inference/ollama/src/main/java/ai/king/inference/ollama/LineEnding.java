/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.ollama;

import ai.king.lib.wire.Ending;
import ai.king.lib.wire.Refused;
import dev.langchain4j.internal.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ollama sends one JSON object a line; the last has {@code done}, and one with {@code error} may come after the 200. */
final class LineEnding implements Ending {

    @Override
    public Optional<Refused> fault(@Nullable String event, String data) {
        if (!data.contains("\"error\"")) {
            return Optional.empty();
        }
        Object error = Json.fromJson(data, Map.class).get("error");
        return error == null ? Optional.empty() : Optional.of(new Refused(500, data, Optional.empty()));
    }

    /** Inside a text the quotes are escaped: what matches is the member itself. */
    @Override
    public boolean ends(@Nullable String event, String data) {
        return data.contains("\"done\":true") || data.contains("\"done\": true");
    }
}
