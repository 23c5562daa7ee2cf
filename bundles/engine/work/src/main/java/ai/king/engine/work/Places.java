/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.Json;
import ai.king.store.Store;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which call of a step is which: by what it says and how often that was said before. A step that is performed again finds the
 * calls it made, whatever else it does in between. Used by the performing thread alone.
 */
final class Places {

    private final Store store;
    private final Goal goal;
    private final Step step;
    private final Map<String, Call> recorded = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param earlier calls recorded when the step ran before */
    Places(Store store, Goal goal, Step step, List<Call> earlier) {
        this.store = store;
        this.goal = goal;
        this.step = step;
        earlier.forEach(call -> recorded.put(call.key() + ":" + call.nth(), call));
    }

    /** The call of that place when the step made it before. */
    @Nullable
    Call earlier(Call call) {
        return recorded.get(call.key() + ":" + call.nth());
    }

    /**
     * The next call with these contents.
     *
     * @param scope where an agent that was handed work makes its calls; empty for the step's own
     */
    Call next(String scope, String tool, Map<String, Object> arguments, boolean effect, String toolGeneration) {
        String key = scope.isEmpty() ? Call.keyOf(tool, arguments) : Json.digest(List.of(scope, tool, arguments));
        int nth = counts.merge(key, 1, Integer::sum) - 1;
        return new Call(
                store.newId(),
                goal.id(),
                step.id(),
                key,
                nth,
                step.id() + ":" + key + ":" + nth,
                tool,
                effect,
                arguments,
                Call.State.INTENDED,
                null,
                toolGeneration.isEmpty() ? null : toolGeneration,
                goal.fence(),
                store.clock().instant(),
                null,
                0);
    }
}
