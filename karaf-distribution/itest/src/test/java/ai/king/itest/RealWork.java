/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Mind;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.inference.InferenceBackend;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.memory.Entry;
import ai.king.memory.MemoryStore;
import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One real call of each kind of plug, on the sample business and with the doubles of the vendors. */
final class RealWork {

    /** What an agent of this name can do by itself, without a model; another one is asked what it can do. */
    private static final Map<String, String> SKILLS = Map.of(
            "ai.king.agent.echo", "echo",
            "ai.king.agent.analytics", "analyze",
            "ai.king.agent.finance", "pnl",
            "ai.king.agent.commerce", "inventory",
            "ai.king.agent.research", "document_research",
            "ai.king.agent.content", "product_description",
            "ai.king.agent.legal", "compliance",
            "ai.king.agent.code", "create");

    private final BusinessData business;

    RealWork(BusinessData business) {
        this.business = business;
    }

    void of(String name, Object plug) throws IOException {
        if (plug instanceof Agent) {
            agent(name, (Agent) plug);
        } else if (plug instanceof Tool) {
            tool((Tool) plug);
        } else if (plug instanceof InferenceBackend) {
            backend((InferenceBackend) plug);
        } else if (plug instanceof MonitoringSink) {
            sink((MonitoringSink) plug);
        } else if (plug instanceof IntentClassifier) {
            assertNotNull(((IntentClassifier) plug).classify("Analyse my business", nothing(Mind.class)));
        } else if (plug instanceof Planner) {
            planner((Planner) plug);
        } else {
            assertTrue("unknown kind of plug " + plug.getClass(), plug instanceof MemoryStore);
            memory((MemoryStore) plug);
        }
    }

    private void agent(String name, Agent agent) {
        String skill = SKILLS.get(name);
        assertNotNull("no skill of " + name + " is known here", skill);
        Task task = new Task(
                "step", skill, "What do the terms say, and how is the gross margin?", Map.of(), Map.of(), List.of());
        Outcome outcome = agent.perform(task, context());
        if (outcome instanceof Outcome.Declined && name.equals("ai.king.agent.code")) {
            assertFalse(
                    "what is missing", ((Outcome.Declined) outcome).missing().isEmpty());
        } else {
            assertTrue(name + " " + skill + ": " + outcome, outcome instanceof Outcome.Done);
        }
    }

    /** A tool whose account is not set up says so; one that needs none tries, and fails on an address that nobody has. */
    private static void tool(Tool tool) throws IOException {
        Map<String, Object> arguments =
                Sketch.of(new ObjectMapper().readTree(tool.spec().schema()));
        ToolResult result = tool.invoke(new ToolCall("swap-" + tool.spec().name(), Optional.empty(), arguments));
        if (result instanceof ToolResult.Missing) {
            assertFalse(
                    "what is missing", ((ToolResult.Missing) result).missing().isEmpty());
        } else {
            assertTrue(
                    tool.spec().name() + ": " + result,
                    result instanceof ToolResult.Ok || result instanceof ToolResult.Failed);
        }
    }

    private static void backend(InferenceBackend backend) {
        if (backend.status().embeds()) {
            assertEquals(2, backend.embed(List.of("a cat", "a dog")).size());
            return;
        }
        StringBuilder heard = new StringBuilder();
        Reply reply = backend.chat(Prompt.of("Be short", "go"), heard::append);
        assertTrue(String.valueOf(reply), reply instanceof Reply.Answer);
        assertEquals(VendorDouble.WORD, ((Reply.Answer) reply).text());
        assertEquals(VendorDouble.WORD, heard.toString());
    }

    private static void sink(MonitoringSink sink) {
        sink.accept(List.of(
                new Signal.Event(Instant.EPOCH, "swap.tested", Map.of()),
                new Signal.Measure(Instant.EPOCH, "swap", Signal.Kind.HISTOGRAM, 1, "s", Map.of("agent", "a"))));
        sink.exposition().ifPresent(text -> assertTrue(text, text.contains("swap.tested")));
    }

    private static void planner(Planner planner) {
        Intent intent = new Intent(Intent.Type.COMMAND, Intent.Action.ANALYZE_BUSINESS, Map.of(), 1);
        List<Capability> able = List.of(new Capability("analytics", "analyze", "analyses the business", "LOW"));
        Situation situation =
                new Situation("Analyse my business", intent, Map.of("name", "Shop"), Set.of("orders"), List.of(), able);
        assertNotNull(planner.plan(situation, nothing(Mind.class)));
    }

    private static void memory(MemoryStore memory) {
        if (!memory.missing().isEmpty()) {
            memory.missing().forEach(missing -> assertFalse("what is missing", missing.isBlank()));
            return;
        }
        float[] vector = {1, 2, 3};
        memory.remember(new Entry("e", "n", "swap", "text", false, Map.of("k", "v"), Instant.EPOCH), vector);
        assertEquals(1, memory.recall("n", vector, Map.of("k", "v"), 5).size());
        memory.forget("n", List.of("e"));
        assertEquals(0, memory.recall("n", vector, Map.of(), 5).size());
    }

    private AgentContext context() {
        AgentContext none = nothing(AgentContext.class);
        return (AgentContext) Proxy.newProxyInstance(
                AgentContext.class.getClassLoader(),
                new Class<?>[] {AgentContext.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "business":
                            return Optional.of(business);
                        case "now":
                            return Instant.parse("2026-10-01T08:00:00Z");
                        case "call":
                            return new ToolResult.Missing(List.of("the tool " + arguments[0]));
                        default:
                            return method.invoke(none, arguments);
                    }
                });
    }

    /** A context or mind that has nothing to give. */
    private static <T> T nothing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Class<?> answer = method.getReturnType();
                    if (answer == Optional.class) {
                        return Optional.empty();
                    }
                    if (answer == boolean.class) {
                        return false;
                    }
                    if (answer == double.class) {
                        return 0.5;
                    }
                    return answer == void.class ? null : List.of();
                }));
    }
}
