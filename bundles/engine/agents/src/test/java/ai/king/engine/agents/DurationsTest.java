/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.agents.Memories;
import ai.king.business.Businesses;
import ai.king.gate.Verdict;
import ai.king.inferences.Inferences;
import ai.king.lib.window.Tokens;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private static final String SECRET = "the price of the moon";

    private final HandPlugs plugs = new HandPlugs();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final List<String> told = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();

    @AfterEach
    void stop() {
        deadlines.shutdownNow();
    }

    private Services services() {
        return new Services(
                plugs,
                none(Inferences.class),
                none(Businesses.class),
                new Toolbox(plugs),
                new Schemas(),
                new Tokens(),
                none(Memories.class),
                Clock.systemUTC(),
                new Durations((name, took, attributes) -> {
                    told.add(name + new TreeMap<>(attributes));
                    nanos.add(took);
                }));
    }

    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> Optional.empty()));
    }

    private void tool(Effect effect, ToolResult answer) {
        ToolSpec spec = ToolSpec.of("shop.price", "sets a price", "{\"type\":\"object\"}", effect);
        plugs.add(Tool.class, "shop.price", "gen-tool", new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public ToolResult invoke(ToolCall call) {
                return answer;
            }

            @Override
            public Optional<ToolResult> lookup(String key) {
                return Optional.empty();
            }
        });
    }

    private static Task task() {
        return new Task("step", "do", SECRET, Map.of(), Map.of(), List.of());
    }

    private static Agent calling() {
        return (task, context) -> {
            context.call("shop.price", Map.of("of", SECRET));
            return new Outcome.Done(Map.of("said", SECRET), Report.none());
        };
    }

    @Test
    void tellsNamesAndEndingsOfStepAgentAndToolAndNothingElse() {
        tool(Effect.READ, ToolResult.ok(Map.of("answer", SECRET)));
        plugs.add(Agent.class, "worker", "gen-1", calling());

        new LeasedAgents(services(), deadlines).perform(task(), HeapJournal.fresh("worker"), Duration.ofSeconds(30));

        assertThat(told)
                .containsExactly(
                        "tool.call{outcome=ok, tool=shop.price}",
                        "agent.call{agent=worker, outcome=done}",
                        "step{agent=worker, outcome=done}");
        assertThat(nanos).isSorted().allMatch(took -> took >= 0);
    }

    @Test
    void aStepThatAsksIsNoAnswerOfItsAgent() {
        tool(Effect.WRITE, ToolResult.ok(Map.of()));
        plugs.add(Agent.class, "worker", "gen-1", calling());
        HeapJournal journal = new HeapJournal("worker", null, new HashMap<>(), action -> new Verdict.Deny("no"));

        new LeasedAgents(services(), deadlines).perform(task(), journal, Duration.ofSeconds(30));

        assertThat(told).containsExactly("step{agent=worker, outcome=denied}");
    }

    @Test
    void aNameThatNoPlugHasBeginsNoSeries() {
        new LeasedAgents(services(), deadlines)
                .perform(task(), HeapJournal.fresh("made up " + SECRET), Duration.ofSeconds(30));

        assertThat(told).isEmpty();
    }

    @Test
    void aRehearsalIsNotCounted() {
        tool(Effect.READ, ToolResult.ok(Map.of()));

        new LeasedAgents(services().untold(), deadlines)
                .rehearse(calling(), task(), HeapJournal.fresh("worker"), Duration.ofSeconds(30));

        assertThat(told).isEmpty();
    }
}
