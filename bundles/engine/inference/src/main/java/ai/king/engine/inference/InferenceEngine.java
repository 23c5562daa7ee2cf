/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.gate.Gate;
import ai.king.inference.InferenceBackend;
import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.signals.Signals;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes prompts to backends by risk, cost and load, around those that fail. */
@Component(immediate = true, configurationPid = "ai.king.engine.inference")
@Designate(ocd = InferenceEngine.Config.class)
public final class InferenceEngine implements Inferences {

    private static final Logger LOG = LoggerFactory.getLogger(InferenceEngine.class);
    private static final Set<String> GRAVE = Set.of("HIGH", "CRITICAL");

    /** What lists and embeddings are leased by: they belong to no goal. */
    private static final RouteKey NO_GOAL = RouteKey.of("inference");

    @ObjectClassDefinition(name = "Inference engine", description = "Chooses among the backends")
    @interface Config {
        @AttributeDefinition(description = "Seconds a failing backend is left alone before one call tries it again")
        int openSeconds() default 60;
    }

    private final Plugs plugs;
    private final Signals signals;
    private final Breakers breakers;
    private final Statuses statuses;

    @Activate
    public InferenceEngine(Config config, @Reference Plugs plugs, @Reference Signals signals, @Reference Gate gate) {
        this(
                plugs,
                signals,
                () -> gate.active().circuitBreakerSensitivity(),
                Duration.ofSeconds(config.openSeconds()),
                Clock.systemUTC());
    }

    InferenceEngine(Plugs plugs, Signals signals, Supplier<String> sensitivity, Duration open, Clock clock) {
        this.plugs = plugs;
        this.signals = signals;
        breakers = new Breakers(sensitivity, open, clock, signals);
        statuses = new Statuses(plugs, clock, NO_GOAL);
    }

    @Override
    public Reply chat(Prompt prompt, Need need, Listener listener) {
        List<Candidate> candidates = candidates(prompt, need);
        if (candidates.isEmpty()) {
            String what = prompt.model()
                    .map(model -> "no backend serves the model " + model)
                    .orElse("no backend that chats is installed");
            return new Reply.Unavailable(what, false, Optional.empty());
        }
        Attempt attempt = new Attempt(plugs, signals, prompt, RouteKey.of(need.bucket()), listener);
        Causes causes = new Causes();
        for (Candidate candidate : candidates) {
            Optional<Reply> last = ask(candidate, attempt, causes);
            if (last.isPresent()) {
                return last.get();
            }
        }
        return causes.together();
    }

    /** The reply that ends the search, or empty with one cause more. */
    private Optional<Reply> ask(Candidate candidate, Attempt attempt, Causes causes) {
        String name = candidate.name();
        Breaker breaker = breakers.of(name);
        if (!candidate.status().healthy()) {
            causes.add(name, candidate.status().detail(), OptionalLong.empty());
            return Optional.empty();
        }
        if (!breaker.permits()) {
            causes.add(name, "is left alone after failures", OptionalLong.of(breaker.secondsLeft()));
            return Optional.empty();
        }
        Reply reply = attempt.ask(name, breaker);
        if (!(reply instanceof Reply.Unavailable no)) {
            return Optional.of(reply);
        }
        if (attempt.over() || attempt.begun() || !no.retriable()) {
            return Optional.of(
                    new Reply.Unavailable(name + ": " + no.reason(), no.retriable(), no.retryAfterSeconds()));
        }
        causes.add(
                name, no.reason(), no.retryAfterSeconds().map(OptionalLong::of).orElse(OptionalLong.empty()));
        return Optional.empty();
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        for (Candidate candidate : all().stream().sorted(Candidate.BY_COST).toList()) {
            if (candidate.status().embeds() && candidate.status().healthy()) {
                Optional<List<float[]>> vectors = embed(candidate.name(), texts);
                if (vectors.isPresent()) {
                    return vectors;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<List<float[]>> embed(String name, List<String> texts) {
        Breaker breaker = breakers.of(name);
        if (!breaker.permits()) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        try (Lease<InferenceBackend> lease = plugs.lease(InferenceBackend.class, name, NO_GOAL)) {
            try {
                List<float[]> vectors = lease.plug().embed(texts);
                breaker.succeeded(System.nanoTime() - start);
                return Optional.of(vectors);
            } catch (RuntimeException | LinkageError e) {
                if (Thread.currentThread().isInterrupted()) {
                    breaker.undecided();
                } else {
                    LOG.warn("Backend {} does not embed: {}", name, String.valueOf(e.getMessage()));
                    breaker.failed(System.nanoTime() - start);
                    lease.failed();
                }
                return Optional.empty();
            }
        } catch (NoSuchPlug e) {
            breaker.undecided();
            return Optional.empty();
        }
    }

    @Override
    public boolean canChat() {
        return all().stream()
                .anyMatch(candidate -> candidate.status().chats()
                        && candidate.status().healthy()
                        && breakers.of(candidate.name()).hopeful());
    }

    @Override
    public List<Backend> backends() {
        return all().stream()
                .map(candidate -> new Backend(
                        candidate.name(),
                        candidate.provider(),
                        candidate.status().models(),
                        state(candidate),
                        candidate.status().load().orElse(0),
                        candidate.status().detail()))
                .toList();
    }

    private String state(Candidate candidate) {
        Breaker breaker = breakers.of(candidate.name());
        if (!candidate.status().healthy() || !breaker.hopeful()) {
            return "DOWN";
        }
        return breaker.trying() ? "HALF_OPEN" : "UP";
    }

    private List<Candidate> candidates(Prompt prompt, Need need) {
        boolean grave = GRAVE.contains(need.risk()) || need.requiresAccuracy();
        return all().stream()
                .filter(candidate -> candidate.status().chats())
                .filter(candidate -> prompt.model()
                        .map(candidate.status().models()::contains)
                        .orElse(true))
                .sorted(grave ? Candidate.BY_TIER : Candidate.BY_COST)
                .toList();
    }

    private List<Candidate> all() {
        List<Candidate> all = new ArrayList<>();
        for (Generation generation : plugs.current(InferenceBackend.class)) {
            statuses.of(generation).ifPresent(status -> all.add(new Candidate(generation, status)));
        }
        return all;
    }
}
