/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.agents.Agents;
import ai.king.brain.Capability;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.RouteKey;
import ai.king.work.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Performs steps through leases of agents. */
final class LeasedAgents implements Agents {

    private static final int DEEPEST = 5;

    private final Services services;
    private final ScheduledExecutorService clock;

    LeasedAgents(Services services, ScheduledExecutorService clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public Performed perform(Task task, Journal journal, Duration deadline) {
        long began = System.nanoTime();
        String name = journal.step().agent();
        RouteKey key = RouteKey.of(journal.goal().id());
        Optional<String> maker = Optional.ofNullable(journal.step().generation());
        try (Lease<Agent> lease =
                services.plugs().lease(Agent.class, name, maker.map(key::pin).orElse(key))) {
            Generation generation = lease.generation();
            journal.performedBy(generation.id(), generation.version());
            Performed performed = watched(lease::plug, task, journal, deadline, Optional.of(generation));
            if (performed instanceof Performed.Ended ended && ended.outcome() instanceof Outcome.Failed) {
                lease.failed();
            }
            services.durations().step(name, performed, began);
            return performed;
        } catch (NoSuchPlug e) {
            String missing = maker.map(id -> "the generation " + id + " of the agent " + name
                            + ", which began what this step does outside")
                    .orElse("the agent " + name);
            return new Performed.Ended(new Outcome.Declined(List.of(missing)), "", "");
        }
    }

    /** As {@link ai.king.agents.Rehearsals} says. */
    Performed rehearse(Agent agent, Task task, Journal journal, Duration deadline) {
        return watched(() -> agent, task, journal, deadline, Optional.empty());
    }

    private Performed watched(
            Supplier<Agent> agent, Task task, Journal journal, Duration deadline, Optional<Generation> generation) {
        Watch watch = new Watch();
        ScheduledFuture<?> alarm = clock.schedule(watch::expire, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Performance performance = new Performance(watch);
            Outcome outcome =
                    run(agent, task, journal, performance, journal.step().agent(), 0);
            Optional<Performed> held = performance.held();
            if (held.isPresent() && !(held.get() instanceof Performed.Ended)) {
                return held.get();
            }
            if (held.isPresent() && held.get() instanceof Performed.Ended ended) {
                outcome = ended.outcome();
            } else if (watch.expired() && outcome instanceof Outcome.Failed) {
                outcome = new Outcome.Failed("the deadline of " + deadline.toSeconds() + " s has passed", true);
            }
            return new Performed.Ended(
                    outcome,
                    generation.map(Generation::id).orElse(""),
                    generation.map(Generation::version).orElse(""));
        } finally {
            alarm.cancel(false);
            watch.leave();
        }
    }

    /** Runs the agent; whatever it throws becomes text here. */
    private Outcome run(
            Supplier<Agent> agent, Task task, Journal journal, Performance performance, String name, int depth) {
        StepContext context = new StepContext(
                services,
                performance,
                journal,
                name,
                task,
                (other, handedOn, inner) -> delegate(other, handedOn, inner, performance, depth + 1));
        long began = System.nanoTime();
        Outcome outcome = outcome(agent, task, context, performance, name);
        if (performance.unheld()) {
            services.durations().agent(name, outcome, began);
        }
        return outcome;
    }

    private static Outcome outcome(
            Supplier<Agent> agent, Task task, StepContext context, Performance performance, String name) {
        try {
            Outcome outcome = performance.plug(() -> agent.get().perform(task, context));
            return outcome == null
                    ? new Outcome.Failed("the agent " + name + " returned nothing", false)
                    : Forms.plain(outcome);
        } catch (Throwable e) {
            return new Outcome.Failed(Forms.text(e), false);
        }
    }

    private Outcome delegate(String other, Task task, Journal inner, Performance performance, int depth) {
        if (depth > DEEPEST) {
            return new Outcome.Failed("work was handed on more than " + DEEPEST + " times", false);
        }
        RouteKey key = RouteKey.of(inner.goal().id());
        try (Lease<Agent> first = services.plugs().lease(Agent.class, other, key)) {
            Object maker = inner.recorded(
                            "generation",
                            Map.of("agent", other),
                            () -> Map.of("id", first.generation().id()))
                    .get("id");
            if (first.generation().id().equals(maker) || inner.step().generation() == null) {
                return held(first, run(first::plug, task, inner, performance, other, depth), performance);
            }
            // This step already had an effect: what it handed on goes on where it was.
            try (Lease<Agent> same = services.plugs().lease(Agent.class, other, key.pin(String.valueOf(maker)))) {
                return held(same, run(same::plug, task, inner, performance, other, depth), performance);
            }
        } catch (NoSuchPlug e) {
            return new Outcome.Declined(List.of("the agent " + other));
        }
    }

    /** When the step is held, who handed the work on is unwound, too. */
    private static Outcome held(Lease<Agent> lease, Outcome outcome, Performance performance) {
        if (performance.held().isPresent()) {
            throw new Unwound();
        }
        if (outcome instanceof Outcome.Failed) {
            lease.failed();
        }
        return outcome;
    }

    @Override
    public List<Described> list() {
        return services.plugs().current(Agent.class).stream()
                .map(generation -> new Described(
                        generation.name(),
                        Profile.text(generation, "king.agent.description", ""),
                        names(generation),
                        Profile.text(generation, "king.agent.risk", "LOW")))
                .sorted(Comparator.comparing(Described::name))
                .toList();
    }

    private static List<String> names(Generation generation) {
        return Profile.skills(generation).stream().map(LeasedAgents::action).toList();
    }

    @Override
    public List<Capability> capabilities() {
        List<Capability> all = new ArrayList<>();
        for (Generation generation : services.plugs().current(Agent.class)) {
            String risk = Profile.text(generation, "king.agent.risk", "LOW");
            for (String skill : Profile.skills(generation)) {
                int colon = skill.indexOf(':');
                String sentence = colon < 0 ? "" : skill.substring(colon + 1).strip();
                all.add(new Capability(generation.name(), action(skill), sentence, risk));
            }
        }
        all.sort(Comparator.comparing(Capability::agent).thenComparing(Capability::action));
        return List.copyOf(all);
    }

    private static String action(String skill) {
        int colon = skill.indexOf(':');
        return (colon < 0 ? skill : skill.substring(0, colon)).strip();
    }
}
