/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last line against a lost goal: one that should go on by itself, but that no scheduler will look at soon, is looked at
 * now. Finding one means that something else went wrong, so it is told.
 */
final class Sweep {

    static final Duration DISTANCE = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String FORGOTTEN = "select g.id from goal g left join scheduled_tasks t on t.task_name = '"
            + GoalQueue.TASK + "' and t.task_instance = g.id"
            + " where g.status in ('RECEIVED', 'PLANNED', 'RUNNING')"
            + " and (t.task_instance is null or (t.picked = false and t.execution_time > ?))";

    private final Store store;
    private final GoalQueue queue;

    Sweep(Store store, GoalQueue queue) {
        this.store = store;
        this.queue = queue;
    }

    void run() {
        Instant late = store.clock().instant().plus(SOON);
        for (String goalId : store.read(reader -> forgotten(reader, late))) {
            LOG.warn("Goal {} was forgotten by the scheduler; it is taken up now", goalId);
            store.write(Progress.ACTOR, tx -> {
                GoalRows.locked(tx, goalId);
                tx.record("goal.swept", goalId, Map.of());
                queue.wakeAgain(tx, goalId);
                return goalId;
            });
        }
    }

    private static List<String> forgotten(Reader reader, Instant late) {
        try (PreparedStatement statement = reader.connection().prepareStatement(FORGOTTEN)) {
            statement.setObject(1, OffsetDateTime.ofInstant(late, ZoneOffset.UTC));
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreUnavailable("the queue of goals does not answer", e);
        }
    }
}
