/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.work;

import ai.king.store.Json;
import ai.king.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One recorded call of a step. Found again by content: the key is the SHA-256 of tool and canonical arguments, nth counts
 * equal calls of the step.
 *
 * @param stepId the step; the goal's own id for what a model was asked about the goal itself
 * @param tool tool name, or {@code agent:<name>}, {@code model}, {@code now}, {@code random}
 * @param idempotencyKey {@code stepId:key:nth}, what the far side gets
 * @param generation of the tool that served it
 */
public record Call(
        String id,
        String goalId,
        String stepId,
        String key,
        int nth,
        String idempotencyKey,
        String tool,
        boolean effect,
        Map<String, Object> arguments,
        State state,
        @Nullable Map<String, Object> result,
        @Nullable String generation,
        long fence,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long version)
        implements Row {

    /** The key of a step's own call with these contents. */
    public static String keyOf(String tool, Map<String, Object> arguments) {
        return Json.digest(List.of(tool, arguments));
    }

    /** What is known about it. */
    public enum State {
        /** The intent is stored; whether it happened is not known yet. */
        INTENDED,
        /** The result is stored. */
        DONE,
        /** It surely did not happen; it may go again under the same key. */
        NOT_DONE,
        /** It cannot be told; a person decides. */
        UNKNOWN
    }
}
