/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.brain.Plan;
import ai.king.brain.Situation;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Planning anew when a step failed or misses something: at most three times a goal, once a step, and only for a goal that a
 * model planned. Whether it is owed follows from what is stored alone, so a node that takes the goal up goes on with it. A step
 * that had an effect is not planned around, nor is what a person refused or has to decide.
 */
final class Replans {

    /** How it stands among the calls of the step that gave rise to it. */
    static final String TOOL = "replan";

    private static final String NTH = "nth";
    private static final int MOST = 3;
    private static final int LONGEST_REASON = 1_000;

    private Replans() {}

    /**
     * Why to plan anew.
     *
     * @param nth 1 to 3
     * @param steps that failed or miss something
     * @param all steps of the goal
     */
    record Trouble(int nth, List<Step> steps, List<Step> all) {

        /** What a planner is told of the steps so far. */
        List<Situation.Tried> tried() {
            return all.stream()
                    .map(step -> new Situation.Tried(
                            step.name(),
                            step.agent(),
                            step.action(),
                            step.status().name(),
                            outcome(step)))
                    .toList();
        }

        private String outcome(Step step) {
            return steps.contains(step) ? reason(step) : "";
        }

        Set<String> completed() {
            return all.stream()
                    .filter(step -> step.status() == Step.Status.COMPLETED)
                    .map(Step::name)
                    .collect(Collectors.toSet());
        }

        Set<String> names() {
            return all.stream().map(Step::name).collect(Collectors.toSet());
        }
    }

    private static String reason(Step step) {
        String reason = step.status() == Step.Status.WAITING_INPUT
                ? "misses " + String.join(", ", step.missing())
                : Objects.requireNonNullElse(step.error(), "failed");
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    /** Whether to look in the store at all. */
    static boolean thinkable(Goal goal, List<Step> steps) {
        return "REACT".equals(goal.mode())
                && !goal.dryRun()
                && !goal.status().ended()
                && steps.stream().anyMatch(Replans::inTrouble);
    }

    /** An unknown call and a step that only a person can do wait without an end. */
    private static boolean inTrouble(Step step) {
        boolean declined = step.status() == Step.Status.WAITING_INPUT && step.waitUntil() != null;
        return (declined || step.status() == Step.Status.FAILED) && step.generation() == null;
    }

    static Optional<Trouble> of(Reader reader, Goal goal, List<Step> steps) {
        if (!thinkable(goal, steps)) {
            return Optional.empty();
        }
        List<Call> noted = steps.stream()
                .filter(step -> inTrouble(step) || step.status() == Step.Status.SKIPPED)
                .flatMap(step -> noted(reader, step).stream())
                .toList();
        Set<String> tried = noted.stream().map(Call::stepId).collect(Collectors.toSet());
        int plans = (int) noted.stream()
                .map(Call::arguments)
                .filter(what -> what.containsKey(NTH))
                .distinct()
                .count();
        if (plans >= MOST) {
            return Optional.empty();
        }
        List<Step> troubled = steps.stream()
                .filter(step -> inTrouble(step) && !tried.contains(step.id()))
                .toList();
        return troubled.isEmpty() ? Optional.empty() : Optional.of(new Trouble(plans + 1, troubled, steps));
    }

    private static List<Call> noted(Reader reader, Step step) {
        return reader.list(Query.of(Call.class).where("stepId", step.id()).where("key", TOOL));
    }

    /** A person said no to what the step asked, or nobody said anything: nothing is planned around that. */
    static void refused(Tx tx, Store store, Goal goal, Step step) {
        if ("REACT".equals(goal.mode()) && noted(tx, step).isEmpty()) {
            tx.insert(call(tx, store, goal, step, Map.of("refused", true)));
        }
    }

    /** Stores that it was planned anew for these steps, whatever came of it. */
    static void note(Tx tx, Store store, Goal goal, Trouble trouble) {
        for (Step step : trouble.steps()) {
            tx.insert(call(tx, store, goal, step, Map.of(NTH, trouble.nth())));
        }
    }

    private static Call call(Tx tx, Store store, Goal goal, Step step, Map<String, Object> what) {
        return new Call(
                store.newId(),
                goal.id(),
                step.id(),
                TOOL,
                0,
                step.id() + ":" + TOOL + ":0",
                TOOL,
                false,
                what,
                Call.State.DONE,
                Map.of(),
                null,
                goal.fence(),
                tx.now(),
                tx.now(),
                0);
    }

    /** Puts the steps of the new plan in the place of those in trouble and of what waited for them; all steps then. */
    static List<Step> replace(Tx tx, Store store, Goal goal, Trouble trouble, Plan plan) {
        List<Step> now = new ArrayList<>(trouble.all());
        Set<Step> old = new HashSet<>(trouble.steps());
        Course course = new Course(now);
        trouble.steps().forEach(step -> course.dependants(step.name()).stream()
                .filter(waiting -> waiting.status() == Step.Status.PENDING
                        || waiting.status() == Step.Status.READY
                        || waiting.status() == Step.Status.SKIPPED)
                .forEach(old::add));
        for (Step step : old) {
            String why = trouble.steps().contains(step) ? reason(step) + "; planned anew" : "planned anew";
            Step skipped =
                    StepEdit.of(step).ended(Step.Status.SKIPPED, why, tx.now()).store(tx);
            Happenings.step(tx, goal, skipped, "step.skipped");
            now.replaceAll(each -> each.id().equals(skipped.id()) ? skipped : each);
        }
        // The planner read why they failed, and a reason may say words of rows or of outside: what it planned may come
        // from there.
        for (Plan.Step planned : plan.steps()) {
            Step made = StepEdit.of(Thinking.step(goal.id(), planned, store.newId()))
                    .marked(true)
                    .row();
            now.add(tx.insert(made));
        }
        return now;
    }

    /** The rationale of a goal that was planned anew. */
    static String rationale(Goal goal, Trouble trouble, Plan plan) {
        String why = trouble.steps().stream()
                .map(step -> step.name() + " (" + reason(step) + ")")
                .collect(Collectors.joining(", "));
        return Objects.requireNonNullElse(goal.rationale(), "") + "\nPlanned anew (" + trouble.nth() + " of " + MOST
                + ") for " + why + ": " + plan.rationale();
    }
}
