/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.gate.Gate;
import ai.king.store.Json;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a step has recorded and not stored: it goes with the step's next write. So nothing that lasts or that happens outside
 * rests on an answer that is not stored: the next intent, note or end takes it along, in the same transaction. Guarded by its
 * journal's monitor.
 */
final class Unstored {

    private final Gate gate;
    private final Goal goal;
    private final List<Call> values = new ArrayList<>();
    private final List<Call> answers = new ArrayList<>();

    Unstored(Gate gate, Goal goal) {
        this.gate = gate;
        this.goal = goal;
    }

    /** A value that nothing outside depends on: once the step has ended nobody needs it. */
    void value(Call recorded) {
        values.add(recorded);
    }

    /** An answer of a tool: it is stored in any case. */
    void answer(Call answered) {
        answers.add(answered);
    }

    boolean answered() {
        return !answers.isEmpty();
    }

    void all(Tx tx) {
        answers(tx);
        values.forEach(tx::insert);
        tx.afterCommit(values::clear);
    }

    void answers(Tx tx) {
        for (Call answered : answers) {
            if (answered.effect()) {
                tx.update(CallEdit.before(answered), answered);
                if (answered.state() == Call.State.NOT_DONE) {
                    gate.release(tx, answered.idempotencyKey());
                }
            } else {
                tx.insert(answered);
            }
            tx.record(
                    answered.state() == Call.State.DONE ? "call.done" : "call.not_done",
                    answered.idempotencyKey(),
                    Map.of("tool", answered.tool(), "goalId", goal.id(), "result", digest(answered)));
        }
        if (!answers.isEmpty()) {
            tx.afterCommit(() -> {
                answers.clear();
                FaultPoint.CALL_RECORDED.hit();
            });
        }
    }

    private static String digest(Call call) {
        return call.result() == null ? "" : Json.digest(call.result());
    }
}
