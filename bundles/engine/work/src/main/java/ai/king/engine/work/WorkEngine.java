/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Report;
import ai.king.agents.Agents;
import ai.king.agents.Memories;
import ai.king.brain.Plan;
import ai.king.business.Businesses;
import ai.king.cluster.Nodes;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.DecisionListener;
import ai.king.gate.Gate;
import ai.king.inferences.Inferences;
import ai.king.plug.Plugs;
import ai.king.store.Actor;
import ai.king.store.Page;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.ModelUse;
import ai.king.work.Schedules;
import ai.king.work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Work as services; takes up what this node left when it last went down, and stops without losing anything. */
@Capability(namespace = "osgi.implementation", name = "king.brain", version = "1.0.0")
@Component(
        immediate = true,
        service = {Goals.class, Schedules.class, DecisionListener.class})
@Designate(ocd = WorkEngine.Config.class)
public final class WorkEngine implements Goals, Schedules, DecisionListener {

    @ObjectClassDefinition(name = "Work", description = "Runs goals")
    @interface Config {
        @AttributeDefinition(description = "Goals worked on at once by this node")
        int goals() default 16;

        @AttributeDefinition(description = "Steps of one goal at once")
        int steps_per_goal() default 4;

        @AttributeDefinition(description = "Steps at once beyond the first of each goal")
        int steps_besides() default 16;

        @AttributeDefinition(description = "When a step is interrupted, in seconds")
        int step_deadline() default 900;

        @AttributeDefinition(description = "How long after its deadline a step is given up, in seconds")
        int grace() default 10;

        @AttributeDefinition(
                description = "Before the second try of a step, in milliseconds; four times that before the third")
        int backoff() default 1000;

        @AttributeDefinition(description = "How long a step waits for input, in hours")
        int input_wait() default 168;

        @AttributeDefinition(
                description =
                        "How often a node says that it is at a goal, in milliseconds; after four missed another takes it")
        int heartbeat() default 2000;

        @AttributeDefinition(description = "How soon a node sees what another one woke, in milliseconds")
        int poll() default 500;
    }

    /** Longest wait for the first release. */
    private static final Duration WITHOUT_RELEASE = Duration.ofSeconds(60);

    private final Assembly assembly;
    private final Thread begin;

    @Activate
    public WorkEngine(
            Config config,
            @Reference Store store,
            @Reference(target = "(osgi.jndi.service.name=king)") DataSource dataSource,
            @Reference Nodes nodes,
            @Reference Gate gate,
            @Reference Approvals approvals,
            @Reference Agents agents,
            @Reference Plugs plugs,
            @Reference Inferences inferences,
            @Reference Businesses businesses,
            @Reference Memories memories) {
        assembly = new Assembly(
                store,
                dataSource,
                nodes.self(),
                gate,
                approvals,
                agents,
                plugs,
                inferences,
                businesses,
                memories,
                limits(config));
        begin = new Thread(() -> beginOnceReleased(nodes), "king-work-begin");
        begin.setDaemon(true);
        begin.start();
    }

    /**
     * A node that has not applied its release yet lacks agents that it will have in a moment: it takes no goal before. A
     * node whose release cannot be applied takes part after a while all the same, with what it has.
     */
    private void beginOnceReleased(Nodes nodes) {
        long latest = System.nanoTime() + WITHOUT_RELEASE.toNanos();
        try {
            while (System.nanoTime() < latest && !released(nodes)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assembly.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean released(Nodes nodes) {
        return nodes.alive().stream().anyMatch(node -> node.id().equals(nodes.self()) && node.applied() > 0);
    }

    private static Limits limits(Config config) {
        return new Limits(
                config.goals(),
                config.steps_per_goal(),
                config.steps_besides(),
                Duration.ofSeconds(config.step_deadline()),
                Duration.ofSeconds(config.grace()),
                Duration.ofMillis(config.backoff()),
                Duration.ofHours(config.input_wait()),
                Duration.ofMillis(config.heartbeat()),
                Duration.ofMillis(config.poll()));
    }

    @Deactivate
    void stop() {
        begin.interrupt();
        assembly.stop();
    }

    @Override
    public Goal submit(Actor by, NewGoal goal) {
        return assembly.goals().submit(by, goal);
    }

    @Override
    public Goal submitTask(
            Actor by,
            String agent,
            String action,
            String text,
            Map<String, Object> input,
            @Nullable String businessId) {
        return assembly.goals().submitTask(by, agent, action, text, input, businessId);
    }

    @Override
    public Goal submitPlan(Actor by, NewGoal goal, List<Plan.Step> steps) {
        return assembly.goals().submitPlan(by, goal, steps);
    }

    @Override
    public Goal await(String goalId, Duration atMost) {
        return assembly.goals().await(goalId, atMost);
    }

    @Override
    public Standing awaitStanding(String goalId, Duration atMost) {
        return assembly.goals().awaitStanding(goalId, atMost);
    }

    @Override
    public Optional<Goal> find(String id) {
        return assembly.goals().find(id);
    }

    @Override
    public List<Step> steps(String goalId) {
        return assembly.goals().steps(goalId);
    }

    @Override
    public Report report(String goalId) {
        return assembly.goals().report(goalId);
    }

    @Override
    public List<ModelUse> modelUse(String goalId) {
        return assembly.goals().modelUse(goalId);
    }

    @Override
    public List<Call> unknown(String stepId) {
        return assembly.goals().unknown(stepId);
    }

    @Override
    public Page<Goal> page(
            Optional<Goal.Status> status, Optional<String> businessId, @Nullable String cursor, int limit) {
        return assembly.goals().page(status, businessId, cursor, limit);
    }

    @Override
    public Goal cancel(Actor by, String goalId) {
        return assembly.goals().cancel(by, goalId);
    }

    @Override
    public Goal retry(Actor by, String goalId, String stepId) {
        return assembly.goals().retry(by, goalId, stepId);
    }

    @Override
    public Goal settle(
            Actor by,
            String goalId,
            String stepId,
            String callId,
            boolean happened,
            Optional<Map<String, Object>> result,
            String notes) {
        return assembly.goals().settle(by, goalId, stepId, callId, happened, result, notes);
    }

    @Override
    public AutoCloseable every(String name, Duration distance, Runnable job) {
        return assembly.schedules().every(name, distance, job);
    }

    @Override
    public @Nullable Instant next(String name) {
        return assembly.schedules().next(name);
    }

    @Override
    public String subjectKind() {
        return assembly.decisions().subjectKind();
    }

    @Override
    public void decided(Tx tx, Approval approval) {
        assembly.decisions().decided(tx, approval);
    }
}
