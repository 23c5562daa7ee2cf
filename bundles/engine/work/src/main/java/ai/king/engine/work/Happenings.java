/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.Tx;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is told about goals and steps: a ledger entry and an event, in the transaction that makes it so. */
final class Happenings {

    private Happenings() {}

    static void goal(Tx tx, Goal goal, String type) {
        tx.record(type, goal.id(), Map.of("status", goal.status().name(), "fence", goal.fence()));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("goalId", goal.id());
        data.put("status", goal.status().name());
        if (goal.error() != null) {
            data.put("error", goal.error());
        }
        tx.enqueue(type, data, channels(goal));
    }

    static void step(Tx tx, Goal goal, Step step, String type) {
        tx.record(
                type,
                step.id(),
                Map.of("goalId", goal.id(), "status", step.status().name()));
        tx.enqueue(type, describe(goal, step), channels(goal));
    }

    static void note(Tx tx, Goal goal, Step step, String text) {
        Map<String, Object> data = describe(goal, step);
        data.put("text", text);
        tx.record("step.noted", step.id(), Map.of("goalId", goal.id()));
        tx.enqueue("note", data, channels(goal));
    }

    private static Map<String, Object> describe(Goal goal, Step step) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("goalId", goal.id());
        data.put("stepId", step.id());
        data.put("name", step.name());
        data.put("agent", step.agent());
        data.put("status", step.status().name());
        if (step.approvalId() != null) {
            data.put("approvalId", step.approvalId());
        }
        if (!step.missing().isEmpty()) {
            data.put("missing", step.missing());
        }
        if (step.error() != null) {
            data.put("error", step.error());
        }
        return data;
    }

    private static String[] channels(Goal goal) {
        return goal.businessId() == null
                ? new String[] {"global", "goal:" + goal.id()}
                : new String[] {"global", "goal:" + goal.id(), "business:" + goal.businessId()};
    }
}
