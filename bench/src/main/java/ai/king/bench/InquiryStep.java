/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.agent.Agent;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.agents.Agents.Performed;
import ai.king.business.Businesses;
import ai.king.engine.agents.AgentEngine;
import ai.king.engine.agents.HeapJournal;
import ai.king.engine.agents.Toolbox;
import ai.king.inference.Listener;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.store.Store;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The step by {@code AgentContext.inquire}, through the real engine of agents: leased, checked, judged, placed; not stored. */
final class InquiryStep implements AutoCloseable {

    private static final String TOOL = "documents.search";

    private final Script script;
    private final AgentEngine engine;
    private final Task task;
    private long calls;
    private long tokens;
    private boolean counts;

    InquiryStep(Script script) {
        this.script = script;
        task = new Task("step", "do", script.question(), Map.of(), Map.of(), List.of());
        Plugs plugs = new TwoPlugs(List.of(agent(), tool()));
        engine = Engines.of(
                AgentEngine.class,
                Map.of(),
                plugs,
                new Toolbox(plugs),
                new Models(),
                Engines.answering(Store.class, Map.of("clock", Clock.systemUTC())),
                Engines.nothing(Businesses.class),
                Engines.answering(ai.king.agents.Memories.class, Map.of("recall", List.of())),
                Engines.unheard());
    }

    /** One step; what it answered. */
    String run() {
        Performed performed =
                engine.perform(task, HeapJournal.fresh(script.question(), "asker"), Duration.ofSeconds(30));
        Outcome outcome = ((Performed.Ended) performed).outcome();
        if (outcome instanceof Outcome.Done done) {
            return String.valueOf(done.data().get("answer"));
        }
        throw new IllegalStateException(String.valueOf(outcome));
    }

    /** One step, with its calls of the model and the tokens of their prompts. */
    long[] counted() {
        calls = 0;
        tokens = 0;
        counts = true;
        run();
        counts = false;
        return new long[] {calls, tokens};
    }

    private Object agent() {
        List<Inquiry.Material> materials = new ArrayList<>();
        script.sources().forEach((name, text) -> materials.add(new Inquiry.Material(name, text)));
        Inquiry inquiry =
                new Inquiry(script.instructions(), script.question(), List.copyOf(materials), List.of(TOOL), 0.1);
        Agent agent = (asked, context) -> {
            Inquired inquired = context.inquire(inquiry);
            return inquired instanceof Inquired.Answered answered
                    ? new Outcome.Done(Map.of("answer", answered.text()), Report.none())
                    : new Outcome.Failed(((Inquired.Ended) inquired).reason(), false);
        };
        return agent;
    }

    private static Tool tool() {
        ToolSpec spec = ToolSpec.of(TOOL, Script.DESCRIPTION, Script.SCHEMA, Effect.READ);
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public ToolResult invoke(ToolCall call) {
                return ToolResult.ok(Map.of("passage", Script.FOUND));
            }

            @Override
            public Optional<ToolResult> lookup(String key) {
                return Optional.empty();
            }
        };
    }

    @Override
    public void close() {
        Engines.stop(engine);
    }

    /** The model that is not there. */
    private final class Models implements Inferences {

        @Override
        public Reply chat(Prompt prompt, Need need, Listener listener) {
            if (counts) {
                calls++;
                tokens += Script.tokens(prompt);
            }
            int looked = (int) prompt.messages().stream()
                    .filter(message -> message.role() == Message.Role.TOOL)
                    .count();
            String arguments = Script.next(looked);
            List<Message.FunctionCall> wanted = arguments == null
                    ? List.of()
                    : List.of(new Message.FunctionCall("call-" + looked, Script.TOOL, arguments));
            String text = arguments == null ? Script.ANSWER : "";
            return new Reply.Answer("stub", text, wanted, "stop", new Reply.Usage(1, 1));
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return Optional.empty();
        }

        @Override
        public boolean canChat() {
            return true;
        }

        @Override
        public Window window(Need need) {
            return new Window("gpt-4o", 128_000);
        }

        @Override
        public List<Backend> backends() {
            return List.of();
        }
    }

    /** An agent and a tool, each one generation. */
    private record TwoPlugs(List<Object> plugs) implements Plugs {

        private static final Generation AGENT =
                new Generation("a", Agent.class.getSimpleName(), "asker", "bench", "1.0.0", 1, Map.of());
        private static final Generation SEARCH =
                new Generation("t", Tool.class.getSimpleName(), TOOL, "bench", "1.0.0", 1, Map.of());

        @Override
        public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
            Generation generation = current(type).stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchPlug(name));
            T plug = type.cast(plugs.get(type == Agent.class ? 0 : 1));
            return new Lease<>() {
                @Override
                public T plug() {
                    return plug;
                }

                @Override
                public Generation generation() {
                    return generation;
                }

                @Override
                public void failed() {
                    throw new IllegalStateException(name + " failed");
                }

                @Override
                public void close() {
                    // Nothing is counted here: what a lease costs is a measure of its own.
                }
            };
        }

        @Override
        public Set<String> names(Class<?> type) {
            Set<String> names = new TreeSet<>();
            current(type).forEach(generation -> names.add(generation.name()));
            return names;
        }

        @Override
        public List<Generation> current(Class<?> type) {
            return type == Agent.class ? List.of(AGENT) : type == Tool.class ? List.of(SEARCH) : List.of();
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
            return () -> {};
        }
    }
}
