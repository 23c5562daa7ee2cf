/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.work.Call;
import ai.king.work.Call.State;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recorded call with another fate. */
final class CallEdit {

    private CallEdit() {}

    static Call done(Call call, Map<String, Object> result, Instant at) {
        return copy(call, State.DONE, result, call.generation(), call.fence(), at);
    }

    static Call notDone(Call call, @Nullable Map<String, Object> answer, Instant at) {
        return copy(call, State.NOT_DONE, answer, call.generation(), call.fence(), at);
    }

    static Call unknown(Call call) {
        return copy(call, State.UNKNOWN, null, call.generation(), call.fence(), null);
    }

    /** A call with an effect as it was stored before its answer. */
    static Call before(Call answered) {
        return again(answered, answered);
    }

    /** The earlier call of this place intended anew. */
    static Call again(Call fresh, Call earlier) {
        return copy(earlier, State.INTENDED, null, fresh.generation(), fresh.fence(), null);
    }

    private static Call copy(
            Call c,
            State state,
            @Nullable Map<String, Object> result,
            @Nullable String generation,
            long fence,
            @Nullable Instant finishedAt) {
        return new Call(
                c.id(),
                c.goalId(),
                c.stepId(),
                c.key(),
                c.nth(),
                c.idempotencyKey(),
                c.tool(),
                c.effect(),
                c.arguments(),
                state,
                result,
                generation,
                fence,
                c.startedAt(),
                finishedAt,
                c.version());
    }
}
