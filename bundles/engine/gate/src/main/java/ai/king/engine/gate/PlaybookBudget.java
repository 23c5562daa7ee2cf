/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.business.PlaybookRun;
import ai.king.business.PlaybookRun.StageRun;
import ai.king.gate.Action;
import ai.king.gate.Reservation;
import ai.king.gate.Verdict;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.tool.Money;
import ai.king.work.Step;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What the goal of a playbook's stage may still spend: its stage's budget, and what is left of all stages together. Counted by
 * what is reserved, whatever the day; nobody's approval goes over it.
 */
final class PlaybookBudget {

    private static final List<PlaybookRun.Status> OPEN =
            List.of(PlaybookRun.Status.RUNNING, PlaybookRun.Status.WAITING_GATE);

    private PlaybookBudget() {}

    /** Why a spending is refused; empty for other goals, and while there is enough. */
    static Optional<Verdict> refused(Reader reader, Action action, String businessId) {
        Optional<BigDecimal> amount = action.amount().map(Money::amount);
        if (amount.isEmpty()) {
            return Optional.empty();
        }
        return reader
                .list(Query.of(PlaybookRun.class)
                        .where("businessId", businessId)
                        .in("status", OPEN))
                .stream()
                .filter(run -> stage(run, action.goalId()).isPresent())
                .findFirst()
                .flatMap(run -> over(reader, run, action, amount.get()));
    }

    private static Optional<StageRun> stage(PlaybookRun run, String goalId) {
        return run.stages().stream()
                .filter(stage -> goalId.equals(stage.goalId()))
                .findFirst();
    }

    private static Optional<Verdict> over(Reader reader, PlaybookRun run, Action action, BigDecimal amount) {
        List<Reservation> all = reader.list(Query.of(Reservation.class).where("businessId", run.businessId()));
        StageRun stage = stage(run, action.goalId()).orElseThrow();
        BigDecimal inStage = spent(reader, all, stage, action.callKey());
        if (inStage.add(amount).compareTo(stage.budget()) > 0) {
            return Optional.of(refusal("stage " + stage.name(), stage.budget(), inStage));
        }
        BigDecimal inAll = run.stages().stream()
                .map(one -> spent(reader, all, one, action.callKey()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return inAll.add(amount).compareTo(run.playbook().total()) > 0
                ? Optional.of(
                        refusal("playbook " + run.playbookId(), run.playbook().total(), inAll))
                : Optional.empty();
    }

    private static Verdict refusal(String what, BigDecimal budget, BigDecimal spent) {
        return new Verdict.Deny("the " + what + " may spend " + budget.toPlainString() + ", and "
                + spent.toPlainString() + " of it is spent");
    }

    /** What a stage's goal has reserved, but for this very call. */
    private static BigDecimal spent(Reader reader, List<Reservation> all, StageRun stage, String callKey) {
        String goalId = stage.goalId();
        if (goalId == null) {
            return BigDecimal.ZERO;
        }
        List<String> steps = reader.list(Query.of(Step.class).where("goalId", goalId)).stream()
                .map(step -> step.id() + ":")
                .toList();
        return all.stream()
                .filter(reservation -> !reservation.id().equals(callKey))
                .filter(reservation -> steps.stream().anyMatch(reservation.id()::startsWith))
                .map(Reservation::amount)
                .filter(amount -> amount != null)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
