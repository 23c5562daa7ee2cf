/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business.playbook;

import ai.king.business.Playbook;
import ai.king.business.PlaybookRun;
import ai.king.business.PlaybookRun.StageRun;
import ai.king.business.PlaybookRun.Status;
import ai.king.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stored run with some of its values changed. */
final class RunEdit {

    private final PlaybookRun before;
    private final List<StageRun> stages;
    private Status status;
    private int stage;
    private Map<String, String> facts;
    private @Nullable String error;
    private @Nullable Instant finishedAt;

    private RunEdit(PlaybookRun before) {
        this.before = before;
        stages = new ArrayList<>(before.stages());
        status = before.status();
        stage = before.stage();
        facts = before.facts();
        error = before.error();
        finishedAt = before.finishedAt();
    }

    static RunEdit of(PlaybookRun before) {
        return new RunEdit(before);
    }

    /** The stages of a run that begins at one of them. */
    static List<StageRun> stages(Playbook playbook, int first) {
        List<StageRun> stages = new ArrayList<>();
        for (Playbook.Stage stage : playbook.stages()) {
            String status = stages.size() < first ? "SKIPPED" : "PENDING";
            stages.add(new StageRun(stage.name(), status, stage.budget(), null, null, null, null, List.of()));
        }
        return stages;
    }

    /** The stage it is in has a goal now. */
    RunEdit filed(String goalId, @Nullable Integer hours, Instant at) {
        StageRun now = stages.get(stage);
        Instant ends = hours == null ? null : at.plus(Duration.ofHours(hours));
        stages.set(stage, new StageRun(now.name(), "RUNNING", now.budget(), goalId, at, ends, null, List.of()));
        status = Status.RUNNING;
        return this;
    }

    /** The stage it is in stands so. */
    RunEdit stage(String word, List<String> unmet, @Nullable Instant finished) {
        StageRun now = stages.get(stage);
        stages.set(
                stage,
                new StageRun(
                        now.name(),
                        word,
                        now.budget(),
                        now.goalId(),
                        now.startedAt(),
                        now.endsBy(),
                        finished,
                        List.copyOf(unmet)));
        return this;
    }

    RunEdit waiting(List<String> unmet) {
        status = Status.WAITING_GATE;
        return stage("WAITING_GATE", unmet, null);
    }

    RunEdit next() {
        stage++;
        return this;
    }

    RunEdit ended(Status how, @Nullable String why, Instant at) {
        stage(
                how.name(),
                how == Status.COMPLETED ? List.of() : stages.get(stage).unmet(),
                at);
        status = how;
        error = why;
        finishedAt = at;
        return this;
    }

    RunEdit facts(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.putAll(more);
        facts = all;
        return this;
    }

    PlaybookRun store(Tx tx) {
        return tx.update(new PlaybookRun(
                before.id(),
                before.businessId(),
                before.playbookId(),
                before.sha256(),
                before.playbook(),
                status,
                stage,
                List.copyOf(stages),
                facts,
                before.requestedBy(),
                error,
                before.createdAt(),
                finishedAt,
                before.version()));
    }
}
