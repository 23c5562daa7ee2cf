/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.StaleRow;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal.Fenced;
import ai.king.work.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A goal, its steps and their calls as a transaction reads them. */
final class GoalRows {

    private GoalRows() {}

    /** The goal's row, locked; throws {@link Fenced} when it is no longer this worker's. */
    static Goal guard(Tx tx, Goal mine) {
        Goal goal = locked(tx, mine.id());
        if (goal.fence() != mine.fence()) {
            throw new Fenced("goal " + mine.id() + " was taken by another node");
        }
        return goal;
    }

    static Goal locked(Tx tx, String goalId) {
        return tx.lock(Goal.class, goalId).orElseThrow(() -> new NoSuchElementException("there is no goal " + goalId));
    }

    /** The goal as it is now; the transaction ends with {@link StaleRow} when it is another by its end. */
    static Goal unchanged(Tx tx, String goalId) {
        Goal goal =
                tx.find(Goal.class, goalId).orElseThrow(() -> new NoSuchElementException("there is no goal " + goalId));
        return required(tx, goal);
    }

    static List<Step> steps(Reader reader, String goalId) {
        return reader.list(Query.of(Step.class).where("goalId", goalId)).stream()
                .sorted(Comparator.comparing(Step::id))
                .toList();
    }

    static List<Call> calls(Reader reader, String stepId) {
        return reader.list(Query.of(Call.class).where("stepId", stepId));
    }

    /** The goal as it was last read, stored upon only if it is still that. */
    static Goal required(Tx tx, Goal known) {
        tx.require(Goal.class, known.id(), Map.of("fence", known.fence(), "version", known.version()));
        return known;
    }
}
