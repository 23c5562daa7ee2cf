/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Report;
import ai.king.agents.Agents;
import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Text to intent to plan, by the classifiers and planners that are there, highest rank first. Never an exception to the user. */
final class Thinking {

    /** The built-in agent of a step that only a person can do. */
    static final String PERSON = "person";

    private static final Duration LONGEST_THOUGHT = Duration.ofSeconds(120);
    private static final Logger LOG = LoggerFactory.getLogger(Thinking.class);
    private static final Intent NO_IDEA = new Intent(Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 0);

    private final Plugs plugs;
    private final Agents agents;
    private final Inferences inferences;
    private final Businesses businesses;
    private final Foresight foresight;

    Thinking(Plugs plugs, Agents agents, Inferences inferences, Businesses businesses, Foresight foresight) {
        this.plugs = plugs;
        this.agents = agents;
        this.inferences = inferences;
        this.businesses = businesses;
        this.foresight = foresight;
    }

    /**
     * What was thought about a goal.
     *
     * @param rationale the planner's words, or why a person must say more
     * @param plan empty when a person must say more
     */
    record Thought(String mode, Intent intent, String rationale, Optional<Plan> plan, Foresight foresight) {

        /** The steps as they are stored first. */
        List<Step> steps(Goal goal, Supplier<String> ids) {
            if (plan.isEmpty()) {
                Plan.Step ask = new Plan.Step("ask", PERSON, "decide", Map.of(), List.of(), 1, "LOW");
                Step waiting = step(goal, ask, ids.get());
                return List.of(StepEdit.of(waiting)
                        .waitsForInput(List.of(rationale), null)
                        .row());
            }
            List<Step> steps = new ArrayList<>();
            for (Plan.Step planned : plan.get().steps()) {
                Step step = step(goal, planned, ids.get());
                if (goal.dryRun()) {
                    Report foreseen = foresight.of(goal, step);
                    step = StepEdit.of(step)
                            .ended(Step.Status.SKIPPED, "dry run", goal.createdAt())
                            .report(foreseen)
                            .row();
                }
                steps.add(step);
            }
            return steps;
        }

        private static Step step(Goal goal, Plan.Step planned, String id) {
            return Thinking.step(goal.id(), planned, id);
        }
    }

    static Step step(String goalId, Plan.Step planned, String id) {
        return new Step(
                id,
                goalId,
                planned.name(),
                planned.agent(),
                planned.action(),
                planned.input(),
                planned.dependsOn(),
                planned.priority(),
                PlanCheck.risk(planned.agent(), planned.risk()).name(),
                planned.dependsOn().isEmpty() ? Step.Status.READY : Step.Status.PENDING,
                0,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                0);
    }

    Thought about(Goal goal) {
        Mind mind = new Models(goal);
        Intent intent = first(
                        IntentClassifier.class, goal, (classifier, name) -> classifier.classify(goal.text(), mind))
                .map(Found::value)
                .orElse(NO_IDEA);
        Situation situation = situation(goal, intent);
        Set<String> known =
                situation.capabilities().stream().map(Capability::agent).collect(Collectors.toSet());
        List<String> refusals = new ArrayList<>();
        Optional<Found<Plan>> plan = first(Planner.class, goal, (planner, name) -> planner.plan(situation, mind)
                .filter(made -> {
                    Optional<String> refusal = PlanCheck.refusal(made, known);
                    refusal.ifPresent(why -> refusals.add(name + ": " + why));
                    return refusal.isEmpty();
                }));
        String rationale = plan.map(found -> found.value().rationale()).orElseGet(() -> needsPerson(refusals));
        String mode = plan.map(Found::mode).orElse("PLAYBOOK");
        return new Thought(mode, intent, rationale, plan.map(Found::value), foresight);
    }

    /** What to do when steps of a plan are in trouble: the planners with a model are asked, the others know no other way. */
    Optional<Plan> again(Goal goal, Replans.Trouble trouble) {
        Situation first = situation(goal, Objects.requireNonNullElse(goal.intent(), NO_IDEA));
        Situation situation = new Situation(
                first.goal(),
                first.intent(),
                first.business(),
                first.recordKinds(),
                first.documents(),
                first.capabilities(),
                trouble.tried());
        Set<String> known =
                situation.capabilities().stream().map(Capability::agent).collect(Collectors.toSet());
        Mind mind = new Models(goal);
        return first(Planner.class, Thinking::reacts, goal, (planner, name) -> planner.plan(situation, mind)
                        .filter(plan -> PlanCheck.refusal(plan, known, trouble.names(), trouble.completed())
                                .isEmpty()))
                .map(Found::value);
    }

    private static boolean reacts(Generation generation) {
        return mode(generation).equals("REACT");
    }

    private static String needsPerson(List<String> refusals) {
        String why = refusals.isEmpty() ? "no planner could make steps of it" : String.join("; ", refusals);
        return "another wording, or an agent that can do it: " + why;
    }

    private record Found<V>(V value, String mode) {}

    /** Asks one after the other until one answers; what one throws is its own affair. */
    private <T, V> Optional<Found<V>> first(Class<T> type, Goal goal, BiFunction<T, String, Optional<V>> ask) {
        return first(type, any -> true, goal, ask);
    }

    private <T, V> Optional<Found<V>> first(
            Class<T> type, Predicate<Generation> which, Goal goal, BiFunction<T, String, Optional<V>> ask) {
        for (Generation candidate : ranked(type).stream().filter(which).toList()) {
            try (Lease<T> lease = plugs.lease(type, candidate.name(), RouteKey.of(goal.id()))) {
                try {
                    Optional<V> answer = ask.apply(lease.plug(), candidate.name());
                    if (answer.isPresent()) {
                        return Optional.of(new Found<>(answer.get(), mode(lease.generation())));
                    }
                } catch (RuntimeException | LinkageError e) {
                    lease.failed();
                    LOG.warn("{} {} failed on goal {}: {}", type.getSimpleName(), candidate.name(), goal.id(), text(e));
                }
            } catch (ai.king.plug.NoSuchPlug e) {
                LOG.debug("{} {} is gone", type.getSimpleName(), candidate.name());
            }
        }
        return Optional.empty();
    }

    private static String mode(Generation generation) {
        return "REACT".equals(generation.properties().get("king.brain.mode")) ? "REACT" : "PLAYBOOK";
    }

    private List<Generation> ranked(Class<?> type) {
        return plugs.current(type).stream()
                .sorted(Comparator.comparing(Thinking::rank).reversed().thenComparing(Generation::name))
                .toList();
    }

    private static Integer rank(Generation generation) {
        Object rank = generation.properties().get("king.brain.rank");
        try {
            return rank == null ? 0 : Integer.valueOf(rank.toString());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Situation situation(Goal goal, Intent intent) {
        List<String> documents = new ArrayList<>(goal.documents());
        if (goal.businessId() == null) {
            return new Situation(goal.text(), intent, Map.of(), Set.of(), documents, agents.capabilities());
        }
        businesses.documents(goal.businessId()).stream()
                .map(StoredDocument::id)
                .filter(id -> !documents.contains(id))
                .forEach(documents::add);
        return new Situation(
                goal.text(),
                intent,
                businesses.data(goal.businessId()).profile(),
                businesses.kindsWithRows(goal.businessId()),
                documents,
                agents.capabilities());
    }

    /** Text only: an exception object would keep its plug's classes alive in a log buffer. */
    static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getName() : e.getClass().getName() + ": " + e.getMessage();
    }

    /** The models of a goal. */
    private final class Models implements Mind {

        private final Inferences.Need need;
        private final Patience patience = new Patience(System::nanoTime, LONGEST_THOUGHT);

        Models(Goal goal) {
            need = new Inferences.Need(goal.id(), "LOW", false, Optional.ofNullable(goal.businessId()));
        }

        @Override
        public boolean canChat() {
            return inferences.canChat();
        }

        @Override
        public Reply chat(Prompt prompt) {
            return patience.over()
                    ? new Reply.Unavailable("it was thought about for too long", true, Optional.empty())
                    : inferences.chat(prompt, need, patience.listener());
        }

        @Override
        public Window window() {
            return inferences.window(need);
        }

        @Override
        public Optional<List<float[]>> embed(List<String> texts) {
            return inferences.embed(texts);
        }
    }
}
