/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.kit;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.memory.Recalled;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A context for tests: no model, no tools and no business unless given; remembers what the agent did with it. */
public final class FakeContext implements AgentContext {

    private final Map<String, ToolSpec> specs = new LinkedHashMap<>();
    private final Map<String, Function<Map<String, Object>, ToolResult>> tools = new LinkedHashMap<>();
    private final Map<String, Function<Task, Outcome>> agents = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private @Nullable BusinessData business;
    private @Nullable Function<Prompt, Reply> model;
    private @Nullable Function<Inquiry, Inquired> inquirer;
    private Instant now = Instant.parse("2026-10-01T09:00:00Z");

    /** One call of a tool. */
    public record Call(String tool, Map<String, Object> arguments) {}

    public FakeContext with(ToolSpec spec, Function<Map<String, Object>, ToolResult> behaviour) {
        specs.put(spec.name(), spec);
        tools.put(spec.name(), behaviour);
        return this;
    }

    public FakeContext with(String agent, Function<Task, Outcome> behaviour) {
        agents.put(agent, behaviour);
        return this;
    }

    public FakeContext with(BusinessData data) {
        business = data;
        return this;
    }

    public FakeContext withModel(Function<Prompt, Reply> answers) {
        model = answers;
        return this;
    }

    public FakeContext withInquirer(Function<Inquiry, Inquired> answers) {
        inquirer = answers;
        return this;
    }

    public FakeContext at(Instant time) {
        now = time;
        return this;
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public List<ToolSpec> tools() {
        return List.copyOf(specs.values());
    }

    @Override
    public ToolResult call(String tool, Map<String, Object> arguments) {
        calls.add(new Call(tool, Map.copyOf(arguments)));
        Function<Map<String, Object>, ToolResult> behaviour = tools.get(tool);
        return behaviour == null
                ? new ToolResult.Missing(List.of("tool " + tool + " is not installed"))
                : behaviour.apply(arguments);
    }

    @Override
    public boolean canChat() {
        return model != null;
    }

    @Override
    public Reply chat(Prompt prompt) {
        return model == null
                ? new Reply.Unavailable("no model is configured", false, Optional.empty())
                : model.apply(prompt);
    }

    /** Without one given, an inquiry ends as it does where no model chats. */
    @Override
    public Inquired inquire(Inquiry inquiry) {
        return inquirer == null
                ? new Inquired.Ended(
                        "no model is configured", false, new Inquired.Effort("", 0, 0, 0, "none", List.of()))
                : inquirer.apply(inquiry);
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return Optional.empty();
    }

    @Override
    public Optional<BusinessData> business() {
        return Optional.ofNullable(business);
    }

    @Override
    public Outcome delegate(String agent, Task task) {
        Function<Task, Outcome> behaviour = agents.get(agent);
        return behaviour == null
                ? new Outcome.Declined(List.of("agent " + agent + " is not installed"))
                : behaviour.apply(task);
    }

    @Override
    public void remember(String text, Map<String, String> attributes) {
        notes.add("remembered: " + text);
    }

    @Override
    public List<Recalled> recall(String text, int limit) {
        return List.of();
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public double random() {
        return 0.5;
    }
}
