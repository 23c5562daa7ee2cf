/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.inferences.Inferences.Paid;
import ai.king.store.Json;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What models took for one thought about a goal; stored as calls of the goal itself, beside those of its steps. */
final class Thoughts implements Consumer<Paid> {

    static final String FOR = "for";
    static final String PAID = "paid";
    static final String TOOL = "model";

    private final String purpose;
    private final List<Paid> paid = new ArrayList<>();

    /** @param purpose {@code intent} or {@code plan} */
    Thoughts(String purpose) {
        this.purpose = purpose;
    }

    @Override
    public void accept(Paid each) {
        paid.add(each);
    }

    void store(Tx tx, Store store, Goal goal) {
        if (paid.isEmpty()) {
            return;
        }
        Map<String, Object> arguments = Map.of(FOR, purpose);
        String key = Call.keyOf(TOOL, arguments);
        int nth = tx.list(Query.of(Call.class).where("stepId", goal.id()).where("key", key))
                .size();
        for (Paid each : paid) {
            tx.insert(new Call(
                    store.newId(),
                    goal.id(),
                    goal.id(),
                    key,
                    nth,
                    goal.id() + ":" + key + ":" + nth,
                    TOOL,
                    false,
                    arguments,
                    Call.State.DONE,
                    Map.of(PAID, List.of(Json.asMap(each))),
                    null,
                    goal.fence(),
                    tx.now(),
                    tx.now(),
                    0));
            nth++;
        }
    }
}
