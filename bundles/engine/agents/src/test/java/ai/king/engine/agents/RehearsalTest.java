/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.agents.Agents.Performed;
import ai.king.agents.Memories;
import ai.king.business.Businesses;
import ai.king.gate.Action;
import ai.king.inferences.Inferences;
import ai.king.lib.window.Tokens;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal;
import ai.king.work.Step;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recorded work once more, through an agent that is not installed. */
class RehearsalTest {

    private final HandPlugs plugs = new HandPlugs();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent = new AtomicInteger();

    @AfterEach
    void stop() {
        deadlines.shutdownNow();
    }

    private Performed rehearse(Agent agent, Map<Object, Map<String, Object>> recorded) {
        plugs.add(Tool.class, "shop.price", "gen-tool", new Tool() {
            @Override
            public ToolSpec spec() {
                return ToolSpec.of("shop.price", "sets a price", "{\"type\":\"object\"}", Effect.WRITE);
            }

            @Override
            public ToolResult invoke(ToolCall call) {
                sent.incrementAndGet();
                return ToolResult.ok(Map.of());
            }

            @Override
            public Optional<ToolResult> lookup(String key) {
                return Optional.empty();
            }
        });
        Services services = new Services(
                plugs,
                none(Inferences.class),
                none(Businesses.class),
                new Toolbox(plugs),
                new Schemas(),
                new Tokens(),
                none(Memories.class),
                Clock.systemUTC(),
                Durations.untold());
        Task task = new Task("step", "do", "do it", Map.of(), Map.of(), List.of());
        return new LeasedAgents(services, deadlines)
                .rehearse(agent, task, new Recorded(recorded), Duration.ofSeconds(20));
    }

    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> Optional.empty()));
    }

    @Test
    void answersARecordedEffectWithoutSendingIt() {
        Agent agent = (task, context) -> new Outcome.Done(
                Map.of(
                        "got",
                        ((ToolResult.Ok) context.call("shop.price", Map.of("price", 3)))
                                .data()
                                .get("id")),
                Report.none());
        Performed performed = rehearse(agent, Map.of(Map.of("price", 3), Map.of("data", Map.of("id", "p-1"))));
        assertThat(((Performed.Ended) performed).outcome())
                .isEqualTo(new Outcome.Done(Map.of("got", "p-1"), Report.none()));
        assertThat(sent).hasValue(0);
        assertThat(plugs.out).hasValue(0);
    }

    @Test
    void aCallThatWasNotRecordedEndsItThereAndIsNotSentEither() {
        Agent agent = (task, context) -> {
            try {
                context.call("shop.price", Map.of("price", 4));
            } catch (RuntimeException swallowed) {
                return new Outcome.Done(Map.of(), Report.none());
            }
            return new Outcome.Done(Map.of("went", "on"), Report.none());
        };
        assertThatThrownBy(() -> rehearse(agent, Map.of())).isInstanceOf(Journal.Fenced.class);
        assertThat(sent).hasValue(0);
    }

    /** Knows calls by their arguments and lets none other go. */
    private record Recorded(Map<Object, Map<String, Object>> answers) implements Journal {
        @Override
        public void performedBy(String generation, String version) {}

        @Override
        public Goal goal() {
            return HeapJournal.fresh("worker").goal();
        }

        @Override
        public Step step() {
            return HeapJournal.fresh("worker").step();
        }

        @Override
        public Opened open(String tool, Map<String, Object> arguments, Optional<Action> action, String generation) {
            if (answers.get(arguments) == null) {
                throw new Fenced("not recorded");
            }
            return new Opened.Replayed(answers.get(arguments));
        }

        @Override
        public void done(Call call, Map<String, Object> result) {}

        @Override
        public void notDone(Call call, Map<String, Object> answer) {}

        @Override
        public void unknown(Call call, String reason) {}

        @Override
        public Map<String, Object> recorded(
                String what, Map<String, Object> arguments, Supplier<Map<String, Object>> value) {
            return value.get();
        }

        @Override
        public void note(String text) {}

        @Override
        public Journal within(Call handedOn) {
            return this;
        }

        @Override
        public void mark() {}
    }
}
