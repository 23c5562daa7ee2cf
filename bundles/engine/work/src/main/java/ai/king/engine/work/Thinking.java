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
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Text to intent to plan, by the classifiers and planners that are there, highest rank first. Never an exception to the user. */
final class Thinking {

    /** The built-in agent of a step that only a person can do. */
    static final String PERSON = "person";

    private final Brains brains;
    private final Agents agents;
    private final Businesses businesses;
    private final Past past;
    private final Foresight foresight;

    Thinking(Brains brains, Agents agents, Businesses businesses, Past past, Foresight foresight) {
        this.brains = brains;
        this.agents = agents;
        this.businesses = businesses;
        this.past = past;
        this.foresight = foresight;
    }

    /**
     * What was thought about a goal.
     *
     * @param rationale the planner's words, or why a person must say more
     * @param plan empty when a person must say more
     * @param remembering whether the planner also heard what the business remembers
     * @param models what models took for it
     */
    record Thought(
            String mode,
            Intent intent,
            String rationale,
            Optional<Plan> plan,
            boolean remembering,
            List<Thoughts> models,
            Foresight foresight) {

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
                boolean marked = remembering && !new Said(goal, intent).holds(planned.input());
                Step step = StepEdit.of(step(goal, planned, ids.get()))
                        .marked(marked)
                        .row();
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
        Thoughts forIntent = new Thoughts("intent");
        Thoughts forPlan = new Thoughts("plan");
        Mind hearing = brains.mind(goal.id(), Optional.ofNullable(goal.businessId()), forIntent);
        Mind mind = brains.mind(goal.id(), Optional.ofNullable(goal.businessId()), forPlan);
        Intent intent = brains.first(
                        IntentClassifier.class,
                        goal.id(),
                        (classifier, name) -> classifier.classify(goal.text(), hearing))
                .map(Brains.Found::value)
                .orElse(Brains.NO_IDEA);
        Situation situation = situation(goal, intent, mind.canChat());
        Set<String> known =
                situation.capabilities().stream().map(Capability::agent).collect(Collectors.toSet());
        List<String> refusals = new ArrayList<>();
        Optional<Brains.Found<Plan>> plan =
                brains.first(Planner.class, goal.id(), (planner, name) -> planner.plan(situation, mind)
                        .filter(made -> {
                            Optional<String> refusal = PlanCheck.refusal(made, known);
                            refusal.ifPresent(why -> refusals.add(name + ": " + why));
                            return refusal.isEmpty();
                        }));
        String rationale = plan.map(found -> found.value().rationale()).orElseGet(() -> needsPerson(refusals));
        String mode = plan.map(Brains.Found::mode).orElse("PLAYBOOK");
        boolean remembering = mode.equals("REACT")
                && !(situation.memory().isEmpty() && situation.history().isEmpty());
        return new Thought(
                mode,
                intent,
                rationale,
                plan.map(Brains.Found::value),
                remembering,
                List.of(forIntent, forPlan),
                foresight);
    }

    /** What to do when steps of a plan are in trouble: the planners with a model are asked, the others know no other way. */
    Optional<Plan> again(Goal goal, Replans.Trouble trouble, Thoughts models) {
        Situation first = situation(goal, Objects.requireNonNullElse(goal.intent(), Brains.NO_IDEA), true);
        Situation situation = new Situation(
                first.goal(),
                first.intent(),
                first.business(),
                first.recordKinds(),
                first.documents(),
                first.capabilities(),
                trouble.tried(),
                first.memory(),
                first.history());
        Set<String> known =
                situation.capabilities().stream().map(Capability::agent).collect(Collectors.toSet());
        Mind mind = brains.mind(goal.id(), Optional.ofNullable(goal.businessId()), models);
        return brains.firstThatReacts(Planner.class, goal.id(), (planner, name) -> planner.plan(situation, mind)
                        .filter(plan -> PlanCheck.refusal(plan, known, trouble.names(), trouble.completed())
                                .isEmpty()))
                .map(Brains.Found::value);
    }

    private static String needsPerson(List<String> refusals) {
        String why = refusals.isEmpty() ? "no planner could make steps of it" : String.join("; ", refusals);
        return "another wording, or an agent that can do it: " + why;
    }

    /** @param remembering only a planner with a model reads what is remembered */
    private Situation situation(Goal goal, Intent intent, boolean remembering) {
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
                agents.capabilities(),
                List.of(),
                remembering ? past.near(goal.businessId(), goal.text()) : List.of(),
                remembering ? past.outcomes(goal.businessId()) : List.of());
    }
}
