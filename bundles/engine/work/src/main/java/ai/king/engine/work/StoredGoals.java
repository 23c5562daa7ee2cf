/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Report;
import ai.king.brain.Plan;
import ai.king.gate.Approval;
import ai.king.store.Actor;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.ModelUse;
import ai.king.work.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goals as people ask for them and act on them. */
final class StoredGoals implements Goals {

    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Progress progress;
    private final Store store;
    private final Watchers watchers;
    private final Intake intake;
    private final Interventions interventions;

    StoredGoals(Progress progress, Watchers watchers, Intake intake, Interventions interventions) {
        this.progress = progress;
        this.store = progress.store();
        this.watchers = watchers;
        this.intake = intake;
        this.interventions = interventions;
    }

    @Override
    public Goal submit(Actor by, NewGoal asked) {
        return intake.toPlan(by, asked);
    }

    @Override
    public Goal submitTask(
            Actor by,
            String agent,
            String action,
            String text,
            Map<String, Object> input,
            @Nullable String businessId) {
        return intake.task(
                by,
                new NewGoal(text, businessId, null, List.of(), false),
                new Plan.Step("task", agent, action, input, List.of(), 1, "LOW"));
    }

    @Override
    public Goal submitPlan(Actor by, NewGoal asked, List<Plan.Step> steps) {
        return intake.planned(by, asked, steps);
    }

    @Override
    public Goal await(String goalId, Duration atMost) {
        return awaited(goalId, atMost).goal();
    }

    @Override
    public Standing awaitStanding(String goalId, Duration atMost) {
        Awaited awaited = awaited(goalId, atMost);
        return awaited.steps().isPresent()
                ? new Standing(awaited.goal(), awaited.steps().get())
                : store.read(reader -> new Standing(
                        reader.find(Goal.class, goalId).orElse(awaited.goal()), GoalRows.steps(reader, goalId)));
    }

    /** @param steps as they were told with the goal's end, when it ended here */
    private record Awaited(Goal goal, Optional<List<Step>> steps) {}

    private Awaited awaited(String goalId, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try (Watchers.Watch watch = watchers.watch(goalId)) {
            // What is at work here is told when it ends, so that there is nothing to look for at first.
            boolean look = !watch.expected();
            while (true) {
                long seen = watch.seen();
                Optional<Standing> told = watch.ended();
                if (told.isPresent()) {
                    return new Awaited(
                            told.get().goal(), Optional.of(asStored(told.get().steps())));
                }
                long left = end - System.nanoTime();
                boolean last = left <= 0 || Thread.currentThread().isInterrupted();
                if (look || last) {
                    Goal goal = known(goalId);
                    if (last || settled(goal.status())) {
                        return new Awaited(goal, Optional.empty());
                    }
                }
                look = true;
                Duration patience = Duration.ofNanos(left);
                watch.await(seen, patience.compareTo(PATIENCE) < 0 ? patience : PATIENCE);
            }
        }
    }

    private static boolean settled(Goal.Status status) {
        return status.ended() || status == Goal.Status.WAITING_APPROVAL || status == Goal.Status.WAITING_INPUT;
    }

    /** What an agent gave is a map of anything; read again it has the types of JSON. */
    private static List<Step> asStored(List<Step> steps) {
        return steps.stream().map(step -> StepEdit.of(step).asStored().row()).toList();
    }

    @Override
    public Optional<Goal> find(String id) {
        return store.read(reader -> reader.find(Goal.class, id));
    }

    private Goal known(String id) {
        return find(id).orElseThrow(() -> new NoSuchElementException("there is no goal " + id));
    }

    @Override
    public List<Step> steps(String goalId) {
        return progress.steps(goalId);
    }

    @Override
    public Report report(String goalId) {
        List<Step> steps = steps(goalId);
        return store.read(reader ->
                JointReport.of(steps, id -> reader.find(Approval.class, id), ModelUses.of(reader, goalId, steps)));
    }

    @Override
    public List<ModelUse> modelUse(String goalId) {
        List<Step> steps = steps(goalId);
        return store.read(reader -> ModelUses.of(reader, goalId, steps));
    }

    @Override
    public List<Call> unknown(String stepId) {
        return store.read(reader -> Interventions.unknown(reader, stepId));
    }

    @Override
    public Page<Goal> page(
            Optional<Goal.Status> status, Optional<String> businessId, @Nullable String cursor, int limit) {
        Query<Goal> query = Query.of(Goal.class);
        query = status.isPresent() ? query.where("status", status.get()) : query;
        query = businessId.isPresent() ? query.where("businessId", businessId.get()) : query;
        Query<Goal> page = query.page(cursor, limit);
        return store.read(reader -> reader.page(page));
    }

    @Override
    public Goal cancel(Actor by, String goalId) {
        return interventions.cancel(by, goalId);
    }

    @Override
    public Goal retry(Actor by, String goalId, String stepId) {
        return interventions.retry(by, goalId, stepId);
    }

    @Override
    public Goal settle(
            Actor by,
            String goalId,
            String stepId,
            String callId,
            boolean happened,
            Optional<Map<String, Object>> result,
            String notes) {
        return interventions.settle(by, goalId, stepId, callId, happened, result, notes);
    }
}
