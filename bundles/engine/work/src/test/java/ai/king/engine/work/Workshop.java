/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.access.Identity;
import ai.king.agent.Agent;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agents.Agents;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.engine.agents.AgentEngine;
import ai.king.engine.agents.HeapMemories;
import ai.king.engine.agents.Toolbox;
import ai.king.engine.gate.GateEngine;
import ai.king.engine.gate.TestGate;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Vote;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import ai.king.store.Actor;
import ai.king.store.Store;
import ai.king.tool.Effect;
import ai.king.tool.Spend;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/** The engines wired by hand over a real store, with plugs that a test supplies. */
final class Workshop implements AutoCloseable {

    static final Actor PAT = Actor.person("pat");
    static final Duration LONG = Duration.ofSeconds(30);
    static final Limits QUICK = new Limits(
            8,
            4,
            16,
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofMillis(20),
            Duration.ofDays(7),
            Duration.ofMillis(500),
            Duration.ofMillis(100));

    final Store store;
    final FakePlugs plugs;
    final GateEngine gate;
    final Agents agents;
    final Assembly work;
    final HeapMemories memories = new HeapMemories();

    Workshop(Store store, DataSource dataSource, String node, Limits limits) {
        this(store, dataSource, node, limits, new FakePlugs());
    }

    Workshop(Store store, DataSource dataSource, String node, Limits limits, FakePlugs plugs) {
        this(store, dataSource, node, limits, plugs, businesses(store), new NoModels());
    }

    Workshop(
            Store store,
            DataSource dataSource,
            String node,
            Limits limits,
            FakePlugs plugs,
            Businesses businesses,
            Inferences inferences) {
        this.store = store;
        this.plugs = plugs;
        gate = TestGate.over(store);
        agents = new AgentEngine(store, plugs, new Toolbox(plugs), inferences, businesses, memories, new NoSignals());
        work = new Assembly(
                store, dataSource, node, gate, gate, agents, plugs, inferences, businesses, memories, limits);
        TestGate.listen(gate, work::decisions);
    }

    Workshop start() {
        work.start();
        return this;
    }

    Goals goals() {
        return work.goals();
    }

    Workshop agent(String name, Agent agent) {
        return agent(name, "gen-" + name, agent);
    }

    Workshop agent(String name, String generation, Agent agent) {
        plugs.add(
                Agent.class, name, generation, Map.of("king.agent.capabilities", new String[] {"do: does it"}), agent);
        return this;
    }

    Workshop tool(String name, Effect effect, Function<ToolCall, ToolResult> work) {
        return tool(name, effect, work, key -> Optional.empty());
    }

    Workshop tool(
            String name,
            Effect effect,
            Function<ToolCall, ToolResult> work,
            Function<String, Optional<ToolResult>> lookup) {
        Optional<Spend> spend =
                effect == Effect.SPEND ? Optional.of(new Spend("amount", "currency", "payee")) : Optional.empty();
        ToolSpec spec = new ToolSpec(name, "does " + name, "{\"type\":\"object\"}", effect, spend);
        plugs.add(Tool.class, name, "gen-" + name, Map.of(), new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public ToolResult invoke(ToolCall call) {
                return work.apply(call);
            }

            @Override
            public Optional<ToolResult> lookup(String key) {
                return lookup.apply(key);
            }
        });
        return this;
    }

    Workshop planner(Planner planner) {
        plugs.add(Planner.class, "test", "gen-planner", Map.of("king.brain.rank", 1), planner);
        return this;
    }

    Workshop classifier(IntentClassifier classifier) {
        plugs.add(IntentClassifier.class, "test", "gen-classifier", Map.of("king.brain.rank", 1), classifier);
        return this;
    }

    Workshop plan(Plan.Step... steps) {
        return planner((situation, mind) -> Optional.of(new Plan(List.of(steps), "as the test says")));
    }

    static Plan.Step step(String name, String agent, String... dependsOn) {
        return new Plan.Step(name, agent, "do", Map.of("step", name), List.of(dependsOn), 1, "LOW");
    }

    static Outcome done(Map<String, Object> data) {
        return new Outcome.Done(data, Report.none());
    }

    Goal submit(String text) {
        return goals().submit(PAT, new Goals.NewGoal(text, null, null, List.of(), false));
    }

    Goal await(Goal goal) {
        return goals().await(goal.id(), LONG);
    }

    Step step(Goal goal, String name) {
        return goals().steps(goal.id()).stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Approval> open() {
        return gate.page(Approvals.Filter.openQueue(), null, 100).items();
    }

    Approval vote(Identity voter, Approval approval, Vote.Decision decision) {
        return gate.vote(voter, approval.id(), decision, "", approval.payloadSha256());
    }

    /** Watches the database until something is so; the engines signal this node's changes. */
    <T> T until(java.util.function.Supplier<Optional<T>> look) {
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("it never was so");
    }

    private static Businesses businesses(Store store) {
        BusinessData none = (BusinessData) Proxy.newProxyInstance(
                Workshop.class.getClassLoader(), new Class<?>[] {BusinessData.class}, (proxy, method, args) -> {
                    return method.getName().equals("profile") ? Map.of("currency", "USD") : List.of();
                });
        return businesses(store, none, List.of());
    }

    /** The business {@code b-1} with this data. */
    static Businesses lamps(Store store, BusinessData data, StoredDocument... documents) {
        store.write(PAT, tx -> {
            Instant now = tx.now();
            Business business = tx.insert(new Business(
                    "b-1", "Lamps", "shop", null, "USD", Business.Status.OPERATION, null, null, now, now, 0));
            tx.record("business.created", "b-1", Map.of());
            return business;
        });
        return businesses(store, data, List.of(documents));
    }

    private static Businesses businesses(Store store, BusinessData data, List<StoredDocument> documents) {
        return (Businesses) Proxy.newProxyInstance(
                Workshop.class.getClassLoader(),
                new Class<?>[] {Businesses.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "find" -> store.read(reader -> reader.find(Business.class, (String) args[0]));
                    case "data" -> data;
                    case "documents" -> documents;
                    case "kindsWithRows" -> Set.of();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class NoModels implements Inferences {
        @Override
        public Reply chat(Prompt prompt, Need need, Listener listener) {
            return new Reply.Unavailable("there is no model", true, Optional.empty());
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return Optional.empty();
        }

        @Override
        public boolean canChat() {
            return false;
        }

        @Override
        public List<Backend> backends() {
            return List.of();
        }
    }

    @Override
    public void close() {
        work.stop();
    }
}
