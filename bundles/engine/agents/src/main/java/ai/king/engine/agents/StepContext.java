/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.agents.Tools;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences.Need;
import ai.king.inferences.Inferences.Paid;
import ai.king.lib.window.Tokens;
import ai.king.memory.Recalled;
import ai.king.store.Json;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import ai.king.work.Journal;
import ai.king.work.Journal.Opened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Everything one agent may use during one step; what it answers is recorded. */
final class StepContext implements AgentContext {

    private static final String MARKED = "marked";

    private final Services services;
    private final Performance performance;
    private final Journal journal;
    private final String agent;
    private final ToolCalls calls;
    private final StepMemory memory;
    private final Delegation delegation;
    private final Task task;

    /** How work is handed to another agent in the same step. */
    interface Delegation {
        Outcome perform(String agent, Task task, Journal inner);
    }

    StepContext(
            Services services,
            Performance performance,
            Journal journal,
            String agent,
            Task task,
            Delegation delegation) {
        this.services = services;
        this.performance = performance;
        this.journal = journal;
        this.agent = agent;
        this.calls = new ToolCalls(services, performance, journal);
        this.memory = new StepMemory(services.memories(), journal, performance.hearing(), agent);
        this.delegation = delegation;
        this.task = task;
        performance.hearing().hear(task.results());
    }

    @Override
    public List<ToolSpec> tools() {
        return performance.engine(() -> services.tools().list().stream()
                .map(Tools.Described::spec)
                .flatMap(Optional::stream)
                .toList());
    }

    @Override
    public ToolResult call(String tool, Map<String, Object> arguments) {
        return performance.engine(() -> calls.call(tool, arguments));
    }

    @Override
    public boolean canChat() {
        return performance.engine(() -> Boolean.TRUE.equals(journal.recorded(
                        "can_chat",
                        Map.of(),
                        () -> Map.of("value", services.inferences().canChat()))
                .get("value")));
    }

    @Override
    public Reply chat(Prompt prompt) {
        return performance.engine(() -> {
            performance.hearing().beforeModel(journal);
            Opened opened = journal.open("model", Json.asMap(prompt), Optional.empty(), "");
            if (opened instanceof Opened.Replayed replayed) {
                return Forms.reply(replayed.result());
            }
            noteIfTooLong(prompt);
            List<Paid> paid = new ArrayList<>();
            Reply reply = services.inferences().chat(prompt, need(), performance.untilDeadline(), paid::add);
            if (reply instanceof Reply.Answer answer && opened instanceof Opened.Fresh fresh) {
                journal.done(fresh.call(), Forms.record(answer, paid));
            }
            return reply;
        });
    }

    /** A prompt as an agent made it is sent as it is; the person who waits is told when it is over the model's window. */
    private void noteIfTooLong(Prompt prompt) {
        Window window = services.inferences().window(need());
        Tokens.Counter counter = services.tokens().of(window.model());
        String whole = prompt.messages().stream().map(Message::text).collect(Collectors.joining("\n"));
        if (counter.most(whole) <= window.tokens()) {
            return;
        }
        int tokens = counter.count(whole);
        if (tokens > window.tokens()) {
            journal.note(
                    "A prompt of %,d tokens is over the model's window of %,d: the model may refuse it or read only a part"
                            .formatted(tokens, window.tokens()));
        }
    }

    @Override
    public Inquired inquire(Inquiry inquiry) {
        return new Inquiries(services, performance, journal, calls, memory, task, need()).ask(inquiry);
    }

    private Need need() {
        String risk = journal.step().risk();
        boolean accurate = risk.equals("HIGH") || risk.equals("CRITICAL");
        return new Need(
                journal.goal().id(),
                risk,
                accurate,
                Optional.ofNullable(journal.goal().businessId()));
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return performance.engine(() -> services.inferences()
                .embed(texts, Optional.ofNullable(journal.goal().businessId())));
    }

    @Override
    public Optional<BusinessData> business() {
        return performance.engine(() -> Optional.ofNullable(journal.goal().businessId())
                .filter(id -> services.businesses().find(id).isPresent())
                .map(id -> new StepBusiness(services.businesses().data(id), performance, journal)));
    }

    @Override
    public Outcome delegate(String other, Task task) {
        return performance.engine(() -> {
            Map<String, Object> arguments = new LinkedHashMap<>();
            arguments.put("action", task.action());
            arguments.put("goal", task.goal());
            arguments.put("input", Forms.plain(task.input()));
            arguments.put("results", Forms.plain(task.results()));
            arguments.put("documents", task.documents());
            Opened opened = journal.open("agent:" + other, arguments, Optional.empty(), "");
            if (opened instanceof Opened.Replayed replayed) {
                // What the other agent read is not read again, so its mark comes with what it said.
                if (Boolean.TRUE.equals(replayed.result().get(MARKED))) {
                    journal.mark();
                }
                return heard(Forms.outcome(replayed.result()));
            }
            if (!(opened instanceof Opened.Fresh fresh)) {
                throw new IllegalStateException("work handed on is neither there nor new");
            }
            Outcome outcome = delegation.perform(other, task, journal.within(fresh.call()));
            Map<String, Object> said = new LinkedHashMap<>(Forms.record(outcome));
            said.put(MARKED, journal.step().marked());
            journal.done(fresh.call(), said);
            return heard(outcome);
        });
    }

    /** What another agent says may be words that it has read; when it is replayed, they are not read again. */
    private Outcome heard(Outcome outcome) {
        performance.hearing().hear(outcome);
        return outcome;
    }

    @Override
    public void remember(String text, Map<String, String> attributes) {
        performance.engine(() -> {
            memory.remember(text, attributes);
            return text;
        });
    }

    @Override
    public List<Recalled> recall(String text, int limit) {
        return recall(text, Map.of(), limit);
    }

    @Override
    public List<Recalled> recall(String text, Map<String, String> attributes, int limit) {
        return performance.engine(() -> memory.recall(text, attributes, limit));
    }

    @Override
    public void note(String text) {
        performance.engine(() -> {
            String line = text.replaceAll("\\s+", " ").strip();
            journal.note(line.length() <= 500 ? line : line.substring(0, 500));
            return text;
        });
    }

    @Override
    public Instant now() {
        return Instant.parse(value("now", () -> services.clock().instant().toString()));
    }

    @Override
    public double random() {
        return Double.parseDouble(value(
                "random", () -> Double.toString(ThreadLocalRandom.current().nextDouble())));
    }

    private String value(String what, Supplier<String> fresh) {
        return performance.engine(
                () -> String.valueOf(journal.recorded(what, Map.of(), () -> Map.of("value", fresh.get()))
                        .get("value")));
    }

    @Override
    public String toString() {
        return "context of " + agent + " in step " + journal.step().id();
    }
}
