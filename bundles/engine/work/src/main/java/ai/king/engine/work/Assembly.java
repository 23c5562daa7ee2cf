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
import ai.king.work.Goals;
import ai.king.work.Schedules;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The parts of the engine, put together; all that a framework would add is the references. */
final class Assembly {

    private static final int LONGEST_NAME = 50;

    private final Picked picked;
    private final AtOnce atOnce;
    private final Limits limits;
    private final Runs runs;
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
        this.limits = limits;
        String name = node.length() <= LONGEST_NAME ? node : node.substring(0, LONGEST_NAME);
        picked = new Picked(dataSource, store.clock(), name);
        runs = new Runs(limits.places());
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
                name,
                limits,
                runs.threads(limits.places()),
                id -> runs.work(parts, id),
                (job, what) -> alert(store, job, what));
        queue.onWake(clockwork::poll);
        atOnce = new AtOnce(parts, queue, picked, runs, watchers);
        Intake intake = new Intake(
                store, queue, atOnce, gate, id -> businesses.find(id).isPresent(), () -> agents.list().stream()
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
        picked.free();
        clockwork.start();
        clockwork.every("work.sweep", Sweep.DISTANCE, sweep::run);
        atOnce.open();
    }

    void stop() {
        runs.stop(limits.grace());
        atOnce.close();
        clockwork.stop();
        workers.close(limits.grace());
        late.close();
    }
}
