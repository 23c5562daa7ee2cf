/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Task;
import ai.king.agents.Agents.Performed;
import ai.king.store.StaleRow;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal.Fenced;
import ai.king.work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One goal worked on by this node, from the moment it is taken until it ends or waits: starts steps, ends them, goes on. */
final class GoalRun {

    private static final Logger LOG = LoggerFactory.getLogger(GoalRun.class);

    /** A step under way. */
    private record Active(StepJournal journal, long abandonAt, boolean place) {}

    /** What a worker says when it is done; a wake-up when {@code journal} is empty. */
    private record Said(Optional<StepJournal> journal, Optional<Performed> performed, String fault) {}

    private static final Said WAKE = new Said(Optional.empty(), Optional.empty(), "");

    private final Parts parts;
    private final String goalId;
    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    private final Map<String, Active> active = new LinkedHashMap<>();
    private List<Step> steps = List.of();
    private volatile boolean stopping;

    GoalRun(Parts parts, String goalId) {
        this.parts = parts;
        this.goalId = goalId;
    }

    /** Something about this goal changed in the store. */
    void wake() {
        said.add(WAKE);
    }

    /** The node goes down: no further step starts here. */
    void stop() {
        stopping = true;
        wake();
    }

    /** Works until the goal ends, waits, or is another node's. */
    void run() {
        Optional<Goal> taken = parts.progress().take(goalId);
        if (taken.isEmpty()) {
            return;
        }
        FaultPoint.GOAL_TAKEN.hit();
        try {
            work(think(taken.get()));
        } catch (Fenced e) {
            FaultPoint.LEASE_LOST.hit();
            LOG.warn("Leaving goal {}: {}", goalId, e.getMessage());
        } finally {
            active.values().forEach(each -> each.journal().stop(StepJournal.Stop.LOST));
            awaitActive();
        }
    }

    private Goal think(Goal goal) {
        if (goal.status() != Goal.Status.RECEIVED) {
            return goal;
        }
        Goal planned = parts.progress().plan(goal, parts.thinking().about(goal));
        FaultPoint.PLAN_STORED.hit();
        return planned;
    }

    private void work(Goal taken) {
        Goal goal = taken;
        steps = parts.progress().steps(goalId);
        while (true) {
            boolean idle = stopping || parts.gate().paused();
            if (!idle) {
                startWhatCan(goal);
            }
            if (active.isEmpty()) {
                if (parts.progress().leave(goal, idle)) {
                    return;
                }
                steps = parts.progress().steps(goalId);
                continue;
            }
            goal = hear(goal);
        }
    }

    private void startWhatCan(Goal goal) {
        for (Step step : new Course(steps).runnable(parts.progress().now())) {
            if (active.containsKey(step.id())) {
                continue;
            }
            boolean place = !active.isEmpty();
            if (active.size() >= parts.limits().stepsPerGoal()
                    || place && !parts.workers().takePlace()) {
                return;
            }
            if (!start(goal, step, place)) {
                if (place) {
                    parts.workers().givePlace();
                }
                return;
            }
        }
    }

    private boolean start(Goal goal, Step step, boolean place) {
        Optional<Step> claimed;
        try {
            claimed = parts.progress().claim(goal, step, Progress.inheritsMark(steps, step));
        } catch (StaleRow e) {
            claimed = Optional.empty();
        }
        if (claimed.isEmpty()) {
            steps = parts.progress().steps(goalId);
            return false;
        }
        steps = Progress.replaced(steps, List.of(claimed.get()));
        launch(goal, step, claimed.get(), place);
        return true;
    }

    /** Gives a claimed step to a worker. */
    private void launch(Goal goal, Step before, Step running, boolean place) {
        FaultPoint.STEP_CLAIMED.hit();
        List<Call> earlier = before.startedAt() == null
                ? List.of()
                : parts.progress().store().read(reader -> Progress.calls(reader, running.id()));
        StepJournal journal = new StepJournal(parts.progress().store(), parts.gate(), goal, running, earlier);
        Duration whole = parts.limits().stepDeadline().plus(parts.limits().grace());
        active.put(running.id(), new Active(journal, System.nanoTime() + whole.toNanos(), place));
        Task task = task(goal, running);
        parts.workers().run(() -> perform(task, journal));
    }

    private void perform(Task task, StepJournal journal) {
        try {
            Performed performed =
                    parts.agents().perform(task, journal, parts.limits().stepDeadline());
            said.add(new Said(Optional.of(journal), Optional.of(performed), ""));
        } catch (Throwable e) {
            // Whatever a plug throws ends its own step only; as text, so that nothing keeps its classes.
            said.add(new Said(Optional.of(journal), Optional.empty(), Thinking.text(e)));
        }
    }

    private Task task(Goal goal, Step step) {
        Map<String, Map<String, Object>> results = new HashMap<>();
        for (Step other : steps) {
            if (step.dependsOn().contains(other.name()) && other.output() != null) {
                results.put(other.name(), other.output());
            }
        }
        return new Task(step.id(), step.action(), goal.text(), step.input(), results, goal.documents());
    }

    /** Waits for what comes next and draws the consequences; the goal as it is then. */
    private Goal hear(Goal goal) {
        Said next;
        try {
            next = said.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping = true;
            return goal;
        }
        if (next == null || next.journal().isEmpty()) {
            giveUpLate(goal);
            steps = parts.progress().steps(goalId);
            return goal;
        }
        StepJournal journal = next.journal().get();
        Active ended = active.get(journal.step().id());
        if (ended == null || ended.journal() != journal) {
            return goal;
        }
        drop(journal.step().id());
        return conclude(goal, journal, next);
    }

    /** How long to listen: until a deadline or a due retry, at most as long as another node's vote may take. */
    private Duration patience() {
        Duration patience = parts.limits().poll();
        Instant now = parts.progress().now();
        Optional<Instant> due = new Course(steps).next();
        if (due.isPresent() && due.get().isBefore(now.plus(patience))) {
            patience = Duration.between(now, due.get()).plusMillis(1);
        }
        return patience.isNegative() ? Duration.ofMillis(1) : patience;
    }

    private void giveUpLate(Goal goal) {
        long clock = System.nanoTime();
        for (Active late : List.copyOf(active.values())) {
            if (clock - late.abandonAt() > 0) {
                late.journal().stop(StepJournal.Stop.ABANDONED);
                drop(late.journal().step().id());
                String why = "its agent did not stop at the deadline";
                LOG.warn(
                        "Giving up step {} of goal {}: {}",
                        late.journal().step().id(),
                        goalId,
                        why);
                steps = parts.progress()
                        .end(
                                goal,
                                late.journal().step(),
                                steps,
                                tx -> StepEdit.of(late.journal().step()).ended(Step.Status.FAILED, why, tx.now()),
                                now -> Optional.empty())
                        .steps();
            }
        }
    }

    private void drop(String stepId) {
        Active gone = active.remove(stepId);
        if (gone != null && gone.place()) {
            parts.workers().givePlace();
        }
    }

    private Goal conclude(Goal goal, StepJournal journal, Said outcome) {
        Optional<Function<Tx, StepEdit>> edit =
                switch (journal.stopped()) {
                    case LOST -> throw new Fenced("its fence was raised");
                    case PAUSED -> Optional.of(tx -> StepEdit.of(journal.step()).to(Step.Status.READY));
                    case GOING -> Endings.of(journal, outcome.performed(), outcome.fault(), parts.limits());
                    default -> Optional.empty();
                };
        if (edit.isEmpty()) {
            steps = parts.progress().steps(goalId);
            return goal;
        }
        return end(goal, journal, edit.get());
    }

    private Goal end(Goal goal, StepJournal journal, Function<Tx, StepEdit> edit) {
        Progress.Moved moved = parts.progress().end(goal, journal.step(), steps, edit, this::follow);
        List<Step> before = steps;
        steps = moved.steps();
        FaultPoint.STEP_ENDED.hit();
        moved.next().ifPresent(next -> before.stream()
                .filter(step -> step.id().equals(next.id()))
                .findFirst()
                .ifPresent(step -> launch(moved.goal(), step, next, false)));
        return moved.goal();
    }

    /** The step to go on with when nothing else runs and nothing holds this node back. */
    private Optional<Step> follow(List<Step> now) {
        return active.isEmpty() && !stopping && !parts.gate().paused()
                ? new Course(now).runnable(parts.progress().now()).stream().findFirst()
                : Optional.empty();
    }

    /** What still runs may end its call; nothing of it counts for this run any more. */
    private void awaitActive() {
        long end = System.nanoTime() + parts.limits().grace().toNanos();
        while (!active.isEmpty() && System.nanoTime() < end) {
            try {
                Said last = said.poll(100, TimeUnit.MILLISECONDS);
                if (last != null) {
                    last.journal().ifPresent(journal -> drop(journal.step().id()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        List.copyOf(active.keySet()).forEach(this::drop);
    }

    @Override
    public String toString() {
        return goalId + " "
                + steps.stream().map(step -> step.name() + "=" + step.status()).collect(Collectors.joining(" "));
    }
}
