/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import ai.king.brain.Plan;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.business.Playbook;
import ai.king.business.PlaybookRun;
import ai.king.business.PlaybookRun.StageRun;
import ai.king.business.PlaybookRun.Status;
import ai.king.business.StoredDocument;
import ai.king.business.TransitionRefused;
import ai.king.engine.business.PlaybookGate;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes runs from stage to stage: a goal a stage, then the gate, then the business moves on. Each move is one transaction. */
final class Course {

    static final List<Status> OPEN = List.of(Status.RUNNING, Status.WAITING_GATE);

    private static final Logger LOG = LoggerFactory.getLogger(Course.class);
    private static final Actor PLAYBOOK = Actor.system("playbook");

    private final Store store;
    private final Goals goals;
    private final Businesses businesses;
    private final Consumer<PlaybookRun> ended;

    /** @param ended told of each run that came to an end */
    Course(Store store, Goals goals, Businesses businesses, Consumer<PlaybookRun> ended) {
        this.store = store;
        this.goals = goals;
        this.businesses = businesses;
        this.ended = ended;
    }

    /** What is to be done with a run now. */
    private sealed interface Move {
        record None() implements Move {}

        record Wait(List<String> unmet) implements Move {}

        record On() implements Move {}

        record End(Status how, String why) implements Move {}
    }

    /** One look at every run that is open. */
    void look() {
        List<PlaybookRun> open =
                store.read(reader -> reader.list(Query.of(PlaybookRun.class).in("status", OPEN)));
        open.forEach(run -> look(run.id()));
    }

    /** One look at a run; what another node did meanwhile is seen at the next one. */
    void look(String id) {
        try {
            if (!(store.read(reader -> move(reader, known(reader, id))) instanceof Move.None)) {
                store.write(PLAYBOOK, tx -> {
                    PlaybookRun run = tx.lock(PlaybookRun.class, id).orElseThrow();
                    PlaybookRun after = apply(tx, run, move(tx, run));
                    tx.afterCommit(() -> told(after));
                    return after;
                });
            }
        } catch (StaleRow later) {
            LOG.debug("Playbook run {} is moved by somebody else", id);
        } catch (TransitionRefused | IllegalArgumentException | IllegalStateException e) {
            fail(id, String.valueOf(e.getMessage()));
        }
    }

    private static PlaybookRun known(Reader reader, String id) {
        return reader.find(PlaybookRun.class, id).orElseThrow();
    }

    private void told(PlaybookRun run) {
        if (run.status().ended()) {
            ended.accept(run);
        }
    }

    private Move move(Reader reader, PlaybookRun run) {
        StageRun stage = run.stages().get(run.stage());
        String goalId = stage.goalId();
        if (run.status().ended() || goalId == null) {
            return new Move.None();
        }
        Instant now = store.clock().instant();
        Instant endsBy = stage.endsBy();
        if (endsBy != null && now.isAfter(endsBy)) {
            return new Move.End(Status.FAILED, "stage " + stage.name() + " did not end by " + endsBy);
        }
        Goal goal = reader.find(Goal.class, goalId).orElseThrow();
        return switch (goal.status()) {
            case FAILED -> new Move.End(
                    Status.FAILED, "the goal of stage " + stage.name() + " failed: " + goal.error());
            case CANCELLED -> new Move.End(Status.CANCELLED, "the goal of stage " + stage.name() + " was cancelled");
            case COMPLETED -> gate(reader, run, stage, now);
            default -> new Move.None();
        };
    }

    private static Move gate(Reader reader, PlaybookRun run, StageRun stage, Instant now) {
        if (run.stage() + 1 == run.stages().size()) {
            return new Move.End(Status.COMPLETED, "");
        }
        Optional<Playbook.Gate> gate = run.playbook()
                .gate(stage.name(), run.stages().get(run.stage() + 1).name());
        List<String> unmet =
                gate.map(one -> PlaybookGate.unmet(reader, run, one, now)).orElse(List.of());
        if (unmet.isEmpty()) {
            return new Move.On();
        }
        boolean known = run.status() == Status.WAITING_GATE && stage.unmet().equals(unmet);
        return known ? new Move.None() : new Move.Wait(unmet);
    }

    private PlaybookRun apply(Tx tx, PlaybookRun run, Move move) {
        if (move instanceof Move.Wait wait) {
            return announced(tx, RunEdit.of(run).waiting(wait.unmet()).store(tx), "waiting_gate");
        }
        if (move instanceof Move.On) {
            return on(tx, run);
        }
        if (move instanceof Move.End end) {
            return end(tx, run, end.how(), end.why());
        }
        tx.record("playbook_run.looked_at", run.id(), Map.of());
        return run;
    }

    private PlaybookRun on(Tx tx, PlaybookRun run) {
        Playbook.Stage next = run.playbook().stages().get(run.stage() + 1);
        Business business = tx.find(Business.class, run.businessId()).orElseThrow();
        if (business.status() != next.status()) {
            businesses.transition(PLAYBOOK, business.id(), next.status(), "playbook run " + run.id());
        }
        RunEdit edit = RunEdit.of(run).stage("COMPLETED", List.of(), tx.now()).next();
        return announced(tx, file(tx, edit, run, next).store(tx), "stage");
    }

    /** Files the goal of a stage, as of who began the run. */
    RunEdit file(Tx tx, RunEdit edit, PlaybookRun run, Playbook.Stage stage) {
        Goal goal = goals.submitPlan(
                Actor.person(run.requestedBy()),
                new Goals.NewGoal(
                        "Playbook " + run.playbook().name() + ", stage " + stage.name(),
                        run.businessId(),
                        null,
                        businesses.documents(run.businessId()).stream()
                                .map(StoredDocument::id)
                                .toList(),
                        false),
                steps(stage));
        return edit.filed(goal.id(), stage.timeoutHours(), tx.now());
    }

    private static List<Plan.Step> steps(Playbook.Stage stage) {
        List<Plan.Step> steps = new ArrayList<>();
        for (Playbook.Step step : stage.steps()) {
            steps.add(new Plan.Step(
                    step.id(),
                    step.agent(),
                    step.action(),
                    step.parameters(),
                    step.dependsOn(),
                    steps.size() + 1,
                    "LOW"));
        }
        return steps;
    }

    /** Ends a run and the goal of its stage. */
    PlaybookRun end(Tx tx, PlaybookRun run, Status how, String why) {
        String goalId = run.stages().get(run.stage()).goalId();
        boolean works = goalId != null
                && tx.find(Goal.class, goalId)
                        .filter(goal -> !goal.status().ended())
                        .isPresent();
        if (works) {
            goals.cancel(tx.actor(), String.valueOf(goalId));
        }
        String reason = why.isEmpty() ? null : why;
        return announced(
                tx,
                RunEdit.of(run).ended(how, reason, tx.now()).store(tx),
                how.name().toLowerCase(Locale.ROOT));
    }

    private void fail(String id, String why) {
        store.write(PLAYBOOK, tx -> {
            PlaybookRun run = tx.lock(PlaybookRun.class, id).orElseThrow();
            PlaybookRun after = run.status().ended() ? run : end(tx, run, Status.FAILED, why);
            if (after == run) {
                tx.record("playbook_run.looked_at", id, Map.of());
            } else {
                tx.afterCommit(() -> told(after));
            }
            return after;
        });
    }

    static PlaybookRun announced(Tx tx, PlaybookRun run, String what) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("runId", run.id());
        data.put("businessId", run.businessId());
        data.put("playbookId", run.playbookId());
        data.put("status", run.status().name());
        data.put("stage", run.stages().get(run.stage()).name());
        tx.record("playbook_run." + what, run.id(), data);
        tx.enqueue("business.playbook_run", data, "global", "business:" + run.businessId());
        return run;
    }
}
