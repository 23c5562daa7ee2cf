/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agents.Agents;
import ai.king.agents.Memories;
import ai.king.business.Businesses;
import ai.king.gate.Approvals;
import ai.king.gate.DecisionListener;
import ai.king.gate.Gate;
import ai.king.inferences.Inferences;
import ai.king.plug.Plugs;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.work.Goals;
import ai.king.work.Schedules;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The parts of the engine, put together; all that a framework would add is the references. */
final class Assembly {

    private static final int LONGEST_NAME = 50;

    private final DataSource dataSource;
    private final String node;
    private final Limits limits;
    private final Runs runs = new Runs();
    private final Workers workers;
    private final LateAnswers late;
    private final Clockwork clockwork;
    private final StoredGoals goals;
    private final Decisions decisions;
    private final Progress progress;
    private final Sweep sweep;
    private final GoalQueue queue;

    Assembly(
            Store store,
            DataSource dataSource,
            String node,
            Gate gate,
            Approvals approvals,
            Agents agents,
            Plugs plugs,
            Inferences inferences,
            Businesses businesses,
            Memories memories,
            Limits limits) {
        this.dataSource = dataSource;
        this.node = node.length() <= LONGEST_NAME ? node : node.substring(0, LONGEST_NAME);
        this.limits = limits;
        queue = new GoalQueue();
        Watchers watchers = new Watchers();
        progress = new Progress(store, queue, watchers);
        sweep = new Sweep(store, queue);
        workers = new Workers(limits.steps());
        late = new LateAnswers();
        Thinking thinking = new Thinking(
                new Brains(plugs, inferences), agents, businesses, new Past(memories), new Foresight(gate, businesses));
        Parts parts = new Parts(progress, gate, agents, thinking, workers, late, limits);
        clockwork = new Clockwork(
                dataSource,
                store.clock(),
                this.node,
                limits,
                id -> runs.work(parts, id),
                (job, what) -> alert(store, job, what));
        queue.onWake(clockwork::poll);
        Intake intake =
                new Intake(store, queue, gate, id -> businesses.find(id).isPresent(), () -> agents.list().stream()
                        .map(Agents.Described::name)
                        .collect(Collectors.toSet()));
        goals = new StoredGoals(
                progress, watchers, intake, new Interventions(progress, queue, runs, watchers, gate, approvals));
        decisions = new Decisions(progress, queue, runs);
    }

    private static void alert(Store store, String job, String what) {
        store.write(Progress.ACTOR, tx -> {
            tx.record("job.failed", job, Map.of());
            tx.enqueue("system.alert", Map.of("text", "job " + job + " " + what), "global");
            return job;
        });
    }

    Goals goals() {
        return goals;
    }

    Schedules schedules() {
        return clockwork;
    }

    DecisionListener decisions() {
        return decisions;
    }

    GoalQueue queue() {
        return queue;
    }

    Progress progress() {
        return progress;
    }

    void start() {
        takeUpOwn();
        clockwork.start();
        clockwork.every("work.sweep", Sweep.DISTANCE, sweep::run);
    }

    /** What this node was at when it died is free at once: nobody else carries its name. */
    private void takeUpOwn() {
        String free = "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                + " version = version + 1 where picked = true and picked_by = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(free)) {
            statement.setString(1, node);
            statement.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new StoreUnavailable("the queue of goals does not answer", e);
        }
    }

    void stop() {
        runs.stop(limits.grace());
        clockwork.stop();
        workers.close(limits.grace());
        late.close();
    }
}
