/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.brain.Intent;
import ai.king.store.Tx;
import ai.king.work.Goal;
import ai.king.work.Goal.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A goal about to change: what is not named stays. */
final class GoalEdit {

    private final Goal from;
    private Status status;
    private @Nullable String mode;
    private @Nullable Intent intent;
    private @Nullable String rationale;
    private @Nullable String error;
    private long fence;
    private @Nullable Instant finishedAt;

    private GoalEdit(Goal from) {
        this.from = from;
        status = from.status();
        mode = from.mode();
        intent = from.intent();
        rationale = from.rationale();
        error = from.error();
        fence = from.fence();
        finishedAt = from.finishedAt();
    }

    static GoalEdit of(Goal goal) {
        return new GoalEdit(goal);
    }

    GoalEdit to(Status next) {
        status = next;
        finishedAt = null;
        error = null;
        return this;
    }

    GoalEdit ended(Status end, @Nullable String why, Instant at) {
        status = end;
        error = why;
        finishedAt = at;
        return this;
    }

    GoalEdit planned(String how, Intent what, String why) {
        mode = how;
        intent = what;
        rationale = why;
        return to(Status.PLANNED);
    }

    GoalEdit rationale(String why) {
        rationale = why;
        return this;
    }

    GoalEdit taken() {
        fence++;
        return this;
    }

    /** Stores what differs from the row this began with, so that must be as it is stored. */
    Goal store(Tx tx) {
        return tx.update(from, row());
    }

    Goal row() {
        return new Goal(
                from.id(),
                from.kind(),
                from.text(),
                status,
                mode,
                from.businessId(),
                from.riskProfile(),
                from.documents(),
                from.dryRun(),
                intent,
                rationale,
                error,
                from.requestedBy(),
                from.byAi(),
                fence,
                from.createdAt(),
                finishedAt,
                from.version());
    }
}
