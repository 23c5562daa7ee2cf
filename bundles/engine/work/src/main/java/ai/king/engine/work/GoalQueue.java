/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.StoreUnavailable;
import ai.king.store.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When a goal is worked on next: the scheduler's own row of it, changed in the transaction that changes the goal, so that
 * neither a wake-up nor an end is ever lost between the two. The scheduler itself only picks, keeps alive and revives.
 */
final class GoalQueue {

    /** Name of the scheduler's task. */
    static final String TASK = "goal";

    private static final String WHERE = " where task_name = '" + TASK + "' and task_instance = ?";

    private volatile Runnable trigger = () -> {};

    /** @param poll makes the local scheduler look now */
    void onWake(Runnable poll) {
        trigger = poll;
    }

    /** A new goal, due at once. */
    void add(Tx tx, String goalId) {
        insert(tx, goalId);
        tx.afterCommit(() -> trigger.run());
    }

    private static void insert(Tx tx, String goalId) {
        run(
                tx,
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, consecutive_failures,"
                        + " version, priority) values ('" + TASK + "', ?, ?, false, 0, 1, 0)",
                goalId,
                tx.now(),
                true);
    }

    /** Something can go on: due now, unless a node is at it, which will look again before it leaves. */
    void wake(Tx tx, String goalId) {
        int due = run(
                tx,
                "update scheduled_tasks set execution_time = ?, version = version + 1" + WHERE + " and picked = false",
                goalId,
                tx.now(),
                false);
        if (due == 0 && !queued(tx, goalId)) {
            insert(tx, goalId);
        }
        tx.afterCommit(() -> trigger.run());
    }

    /** The node that is at it leaves it until then. */
    void leave(Tx tx, String goalId, Instant until) {
        run(
                tx,
                "update scheduled_tasks set execution_time = ?, picked = false, picked_by = null, last_heartbeat = null,"
                        + " consecutive_failures = 0, version = version + 1" + WHERE,
                goalId,
                until,
                false);
    }

    /** There is nothing more to do. */
    void remove(Tx tx, String goalId) {
        run(tx, "delete from scheduled_tasks" + WHERE, goalId, null, true);
    }

    /** Removes a goal that nobody is at. */
    void removeIdle(Tx tx, String goalId) {
        run(tx, "delete from scheduled_tasks" + WHERE + " and picked = false", goalId, null, true);
    }

    private static boolean queued(Tx tx, String goalId) {
        try (PreparedStatement statement =
                tx.connection().prepareStatement("select count(*) from scheduled_tasks" + WHERE)) {
            statement.setString(1, goalId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getInt(1) > 0;
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the queue of goals does not answer", e);
        }
    }

    private static int run(Tx tx, String sql, String goalId, @Nullable Instant at, boolean goalFirst) {
        try (PreparedStatement statement = tx.connection().prepareStatement(sql)) {
            int goalIndex = goalFirst || at == null ? 1 : 2;
            statement.setString(goalIndex, goalId);
            if (at != null) {
                statement.setObject(3 - goalIndex, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreUnavailable("the queue of goals does not answer", e);
        }
    }
}
