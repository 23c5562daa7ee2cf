/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.Tx;
import java.time.Instant;

/**
 * When a goal is worked on next: the scheduler's own row of it, changed in the transaction that changes the goal, so that
 * neither a wake-up nor an end is ever lost between the two. The scheduler itself only picks, keeps alive and revives.
 */
final class GoalQueue {

    /** Name of the scheduler's task. */
    static final String TASK = "goal";

    private static final String TABLE = "scheduled_tasks";
    private static final String WHERE = " where task_name = '" + TASK + "' and task_instance = ?";

    private volatile Runnable trigger = () -> {};

    /** @param poll makes the local scheduler look now */
    void onWake(Runnable poll) {
        trigger = poll;
    }

    /** Makes the local scheduler look now. */
    void poll() {
        trigger.run();
    }

    /** A new goal, due at once. */
    void add(Tx tx, String goalId) {
        insert(tx, goalId);
        tx.afterCommit(this::poll);
    }

    private static void insert(Tx tx, String goalId) {
        tx.execute(
                TABLE,
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, consecutive_failures,"
                        + " version, priority) values ('" + TASK + "', ?, ?, false, 0, 1, 0)",
                goalId,
                tx.now());
    }

    /** A new goal that this node is at already. */
    void addTaken(Tx tx, String goalId, String node) {
        tx.execute(
                TABLE,
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat,"
                        + " consecutive_failures, version, priority) values ('" + TASK
                        + "', ?, ?, true, ?, ?, 0, 1, 0)",
                goalId,
                tx.now(),
                node,
                tx.now());
    }

    /** Something of a goal that has not ended can go on: due now, unless a node is at it, which will look again before it leaves. */
    void wake(Tx tx, String goalId) {
        tx.execute(
                TABLE,
                "update scheduled_tasks set execution_time = ?, version = version + 1" + WHERE + " and picked = false",
                tx.now(),
                goalId);
        tx.afterCommit(this::poll);
    }

    /** As {@link #wake}, also when the goal had ended and is in the queue no more. */
    void wakeAgain(Tx tx, String goalId) {
        wake(tx, goalId);
        tx.execute(
                TABLE,
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, consecutive_failures,"
                        + " version, priority) select '" + TASK
                        + "', id, cast(? as timestamp with time zone), false, 0,"
                        + " 1, 0 from goal where id = ? and not exists (select 1 from scheduled_tasks" + WHERE + ")",
                tx.now(),
                goalId,
                goalId);
    }

    /** The node that is at it leaves it until then. */
    void leave(Tx tx, String goalId, Instant until) {
        tx.execute(
                TABLE,
                "update scheduled_tasks set execution_time = ?, picked = false, picked_by = null, last_heartbeat = null,"
                        + " consecutive_failures = 0, version = version + 1" + WHERE,
                until,
                goalId);
    }

    /** There is nothing more to do. */
    void remove(Tx tx, String goalId) {
        tx.execute(TABLE, "delete from scheduled_tasks" + WHERE, goalId);
    }

    /** Removes a goal that nobody is at. */
    void removeIdle(Tx tx, String goalId) {
        tx.execute(TABLE, "delete from scheduled_tasks" + WHERE + " and picked = false", goalId);
    }
}
