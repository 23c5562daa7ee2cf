/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** The scheduler's rows that carry this node's name, as far as the scheduler itself does not care for them. */
final class Picked {

    private static final String FREE =
            " set picked = false, picked_by = null, last_heartbeat = null, version = version + 1";
    private static final String MINE = " where picked = true and picked_by = ?";

    private final DataSource dataSource;
    private final Clock clock;
    private final String node;

    Picked(DataSource dataSource, Clock clock, String node) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.node = node;
    }

    String node() {
        return node;
    }

    /** What this node was at when it died is free at once: nobody else carries its name. */
    void free() {
        execute("update scheduled_tasks" + FREE + MINE, List.of(node));
    }

    /** This node is still at these goals. */
    void beat(List<String> goals) {
        if (goals.isEmpty()) {
            return;
        }
        List<Object> values = new ArrayList<>(List.of(now(), node));
        values.addAll(goals);
        execute(
                "update scheduled_tasks set last_heartbeat = ?" + MINE + " and task_name = '" + GoalQueue.TASK
                        + "' and task_instance in (" + String.join(", ", Collections.nCopies(goals.size(), "?")) + ")",
                values);
    }

    /** Leaves a goal as it is to whoever looks next, a little later. */
    void giveBack(String goal, Duration wait) {
        execute(
                "update scheduled_tasks" + FREE + ", execution_time = ?" + MINE + " and task_name = '" + GoalQueue.TASK
                        + "' and task_instance = ?",
                List.of(now().plus(wait), node, goal));
    }

    private Instant now() {
        return clock.instant();
    }

    private void execute(String sql, List<?> values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (Object value : values) {
                statement.setObject(index++, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
            }
            statement.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the queue of goals does not answer", e);
        }
    }
}
