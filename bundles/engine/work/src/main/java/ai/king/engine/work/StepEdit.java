/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Report;
import ai.king.store.Json;
import ai.king.store.Tx;
import ai.king.work.Step;
import ai.king.work.Step.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step about to change: what is not named stays. */
final class StepEdit {

    private final Step from;
    private Status status;
    private int attempts;
    private @Nullable String approvalId;
    private List<String> missing;
    private @Nullable Map<String, Object> output;
    private @Nullable Report report;
    private @Nullable String error;
    private @Nullable String generation;
    private @Nullable String agentVersion;
    private boolean marked;
    private @Nullable Instant notBefore;
    private @Nullable Instant waitUntil;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;

    private StepEdit(Step from) {
        this.from = from;
        status = from.status();
        attempts = from.attempts();
        approvalId = from.approvalId();
        missing = from.missing();
        output = from.output();
        report = from.report();
        error = from.error();
        generation = from.generation();
        agentVersion = from.agentVersion();
        marked = from.marked();
        notBefore = from.notBefore();
        waitUntil = from.waitUntil();
        startedAt = from.startedAt();
        finishedAt = from.finishedAt();
    }

    static StepEdit of(Step step) {
        return new StepEdit(step);
    }

    /** Moves on, leaving behind what belonged to the state before. */
    StepEdit to(Status next) {
        status = next;
        approvalId = null;
        missing = List.of();
        notBefore = null;
        waitUntil = null;
        return this;
    }

    StepEdit started(Instant at) {
        to(Status.RUNNING);
        startedAt = startedAt == null ? at : startedAt;
        finishedAt = null;
        error = null;
        return this;
    }

    StepEdit completed(Map<String, Object> data, Report read, Instant at) {
        to(Status.COMPLETED);
        output = data;
        report = read;
        error = null;
        finishedAt = at;
        return this;
    }

    StepEdit ended(Status end, String why, Instant at) {
        to(end);
        error = why;
        finishedAt = at;
        return this;
    }

    StepEdit waitsForApproval(String id) {
        to(Status.WAITING_APPROVAL);
        approvalId = id;
        return this;
    }

    StepEdit waitsForInput(List<String> what, @Nullable Instant until) {
        to(Status.WAITING_INPUT);
        missing = List.copyOf(what);
        waitUntil = until;
        return this;
    }

    StepEdit retries(Instant due, String why) {
        to(Status.READY);
        attempts++;
        notBefore = due;
        error = why;
        return this;
    }

    /** As if it had never been started: a person lets it go again. */
    StepEdit afresh() {
        to(Status.READY);
        attempts = 0;
        error = null;
        finishedAt = null;
        return this;
    }

    StepEdit pending() {
        to(Status.PENDING);
        error = null;
        finishedAt = null;
        return this;
    }

    StepEdit madeBy(@Nullable String agentGeneration) {
        generation = agentGeneration;
        return this;
    }

    StepEdit version(@Nullable String version) {
        agentVersion = version == null ? agentVersion : version;
        return this;
    }

    StepEdit marked(boolean mark) {
        marked = marked || mark;
        return this;
    }

    StepEdit report(Report read) {
        report = read;
        return this;
    }

    StepEdit asStored() {
        output = output == null ? null : Json.readMap(Json.write(output));
        return this;
    }

    /** Stores what differs from the row this began with, so that must be as it is stored. */
    Step store(Tx tx) {
        return tx.update(from, row());
    }

    Step row() {
        return new Step(
                from.id(),
                from.goalId(),
                from.name(),
                from.agent(),
                from.action(),
                from.input(),
                from.dependsOn(),
                from.priority(),
                from.risk(),
                status,
                attempts,
                approvalId,
                missing,
                output,
                report,
                error,
                generation,
                agentVersion,
                marked,
                notBefore,
                waitUntil,
                startedAt,
                finishedAt,
                from.version());
    }
}
