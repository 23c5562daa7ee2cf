/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of a call. */
public sealed interface ToolResult {

    /**
     * The operation happened.
     *
     * @param data JSON values; files that were made stand in a list {@code artefacts}, each with {@code name}, {@code
     *     mediaType} and {@code base64}: the platform keeps them as documents of the business and puts {@code documentId} in
     *     place of their content
     * @param cost what the call itself cost, when the far side says so
     */
    record Ok(Map<String, Object> data, Optional<Money> cost) implements ToolResult {}

    /** The operation surely did not happen; {@code retriable} when another attempt may succeed. */
    record Failed(String reason, boolean retriable) implements ToolResult {}

    /** The operation cannot be done until something is supplied: a key, a setting, data. Each entry says what. */
    record Missing(List<String> missing) implements ToolResult {}

    /** It cannot be told whether the operation happened; the platform asks {@link Tool#lookup} and then a person. */
    record Unknown(String reason) implements ToolResult {}

    static ToolResult ok(Map<String, Object> data) {
        return new Ok(data, Optional.empty());
    }
}
