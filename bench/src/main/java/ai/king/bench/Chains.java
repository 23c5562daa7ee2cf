/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Vote;
import ai.king.store.Actor;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Goals whose steps come one after the other, each with one call of a tool that does nothing. */
final class Chains {

    private static final Actor ANNA = Actor.person("anna");
    private static final Identity BORIS = new Identity("boris", Set.of(Role.APPROVER));
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Outcome DONE = new Outcome.Done(Map.of("ok", true), Report.none());

    private final Plant plant;

    /** When the steps of a goal were performed, in order, by the goal's text. */
    private final Map<String, List<Long>> performed = new ConcurrentHashMap<>();

    private int goals;

    Chains(Plant plant) {
        this.plant = plant;
        plant.plug(Planner.class, "king.brain.name", "chain", new ChainPlanner());
        plant.plug(Agent.class, "king.agent.name", "write", new Caller(Optional.of("bench.write")));
        plant.plug(Agent.class, "king.agent.name", "read", new Caller(Optional.of("bench.read")));
        plant.plug(Agent.class, "king.agent.name", "none", new Caller(Optional.empty()));
        plant.plug(Tool.class, "king.tool.name", "bench.write", new NoTool("bench.write", Effect.WRITE));
        plant.plug(Tool.class, "king.tool.name", "bench.read", new NoTool("bench.read", Effect.READ));
    }

    /** The goal's first word is the agent, the second the number of steps. */
    private static final class ChainPlanner implements Planner {
        @Override
        public Optional<Plan> plan(Situation situation, Mind mind) {
            String[] words = situation.goal().split(" ");
            List<Plan.Step> steps = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                List<String> after = i == 0 ? List.of() : List.of("step" + (i - 1));
                steps.add(new Plan.Step("step" + i, words[0], "call", Map.of(), after, 1, "LOW"));
            }
            return Optional.of(new Plan(List.copyOf(steps), "one after the other"));
        }
    }

    private final class Caller implements Agent {
        private final Optional<String> tool;

        Caller(Optional<String> tool) {
            this.tool = tool;
        }

        @Override
        public Outcome perform(Task task, AgentContext context) {
            performed.get(task.goal()).add(System.nanoTime());
            return tool.map(name -> context.call(name, Map.of("item", "A-1", "quantity", 3)))
                    .filter(result -> !(result instanceof ToolResult.Ok))
                    .<Outcome>map(result -> new Outcome.Failed(result.toString(), false))
                    .orElse(DONE);
        }
    }

    private static final class NoTool implements Tool {
        private final ToolSpec spec;

        NoTool(String name, Effect effect) {
            String schema = "{\"type\":\"object\",\"properties\":{\"item\":{\"type\":\"string\"},"
                    + "\"quantity\":{\"type\":\"integer\"}},\"required\":[\"item\"]}";
            spec = ToolSpec.of(name, "Does nothing, for measuring", schema, effect);
        }

        @Override
        public ToolSpec spec() {
            return spec;
        }

        @Override
        public ToolResult invoke(ToolCall call) {
            return ToolResult.ok(Map.of("done", true));
        }

        @Override
        public Optional<ToolResult> lookup(String key) {
            return Optional.empty();
        }
    }

    /** Chains one after the other; adds the time from each step's start to that of the next. */
    void run(String agent, int steps, int chains, Times times) {
        for (int i = 0; i < chains; i++) {
            Goal goal = submit(agent, steps, null);
            ended(goal);
            List<Long> starts = performed.remove(goal.text());
            for (int step = 1; step < starts.size(); step++) {
                times.add(starts.get(step) - starts.get(step - 1));
            }
        }
    }

    /**
     * Chains at once; steps a second while every one of them was at it: from the moment when the last one began until the
     * first one came to its last step. What begins and ends a goal is no part of a step, and fewer at once are another load.
     */
    double together(String agent, int steps, int chains) {
        List<Goal> all = new ArrayList<>();
        for (int i = 0; i < chains; i++) {
            all.add(submit(agent, steps, null));
        }
        all.forEach(this::ended);
        List<List<Long>> starts =
                all.stream().map(goal -> performed.remove(goal.text())).toList();
        long from = starts.stream().mapToLong(goal -> goal.get(0)).max().orElseThrow();
        long until = starts.stream()
                .mapToLong(goal -> goal.get(goal.size() - 1))
                .min()
                .orElseThrow();
        long within = starts.stream()
                .flatMap(List::stream)
                .filter(start -> start >= from && start < until)
                .count();
        return within / ((until - from) / 1e9);
    }

    /** What is measured right before each vote. */
    interface Beside {
        void measure() throws SQLException;
    }

    /**
     * Steps that ask a person: how long a vote takes, and how long after it the step is performed again. All ask before the
     * first is answered, as people find questions that have stood for a while.
     */
    void park(int times, Beside beside, Times vote, Times resume) throws SQLException {
        List<Goal> parked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            parked.add(plant.goals().await(submit("write", 1, "conservative").id(), PATIENCE));
        }
        for (Goal goal : parked) {
            if (goal.status() != Goal.Status.WAITING_APPROVAL) {
                throw new IllegalStateException("it does not wait for a person: " + goal);
            }
            Approval approval = open(goal);
            beside.measure();
            long start = System.nanoTime();
            plant.approvals().vote(BORIS, approval.id(), Vote.Decision.APPROVE, "", approval.payloadSha256());
            long acknowledged = System.nanoTime();
            vote.add(acknowledged - start);
            ended(goal);
            List<Long> starts = performed.remove(goal.text());
            resume.add(Math.max(0, starts.get(1) - acknowledged));
        }
    }

    private Approval open(Goal goal) {
        return plant.approvals().page(Approvals.Filter.openQueue(), null, 50).items().stream()
                .filter(approval -> goal.id().equals(approval.goalId()))
                .findFirst()
                .orElseThrow();
    }

    private Goal submit(String agent, int steps, String profile) {
        String text = agent + " " + steps + " " + goals++;
        performed.put(text, java.util.Collections.synchronizedList(new ArrayList<>()));
        return plant.goals().submit(ANNA, new Goals.NewGoal(text, null, profile, List.of(), false));
    }

    private void ended(Goal goal) {
        Goal ended = plant.goals().await(goal.id(), PATIENCE);
        if (ended.status() != Goal.Status.COMPLETED) {
            throw new IllegalStateException(
                    "it did not come to its end: " + ended + " " + plant.goals().steps(goal.id()));
        }
    }
}
