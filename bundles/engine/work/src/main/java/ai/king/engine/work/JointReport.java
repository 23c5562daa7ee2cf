/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.gate.Approval;
import ai.king.work.ModelUse;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The reports of a goal's steps as one; several of them begin with what matters most: decisions, advice and figures. */
final class JointReport {

    private static final int MOST_FIGURES = 10;
    private static final int MOST_ADVICE = 10;

    private JointReport() {}

    /**
     * @param approvals finds the open approval a step waits for
     * @param models what the goal took of models
     */
    static Report of(List<Step> steps, Function<String, Optional<Approval>> approvals, List<ModelUse> models) {
        List<Report.Section> sections = new ArrayList<>();
        long reporting = steps.stream().filter(step -> step.report() != null).count();
        List<Report.Block> first = new ArrayList<>(decisions(steps, approvals));
        if (reporting > 1) {
            first.addAll(all(steps, Report.Advice.class, MOST_ADVICE));
            first.addAll(all(steps, Report.Figure.class, MOST_FIGURES));
        }
        if (!first.isEmpty()) {
            sections.add(new Report.Section("In short", List.copyOf(first)));
        }
        for (Step step : steps) {
            if (step.report() != null) {
                sections.addAll(step.report().sections());
            }
        }
        if (!sections.isEmpty()) {
            CostSection.of(models).ifPresent(sections::add);
        }
        return new Report(List.copyOf(sections));
    }

    private static List<Report.Block> decisions(List<Step> steps, Function<String, Optional<Approval>> approvals) {
        List<Report.Block> wanted = new ArrayList<>();
        for (Step step : steps) {
            if (step.status() == Step.Status.WAITING_APPROVAL && step.approvalId() != null) {
                approvals
                        .apply(step.approvalId())
                        .ifPresent(approval -> wanted.add(new Report.Advice(
                                "Decide: " + approval.title(),
                                because(approval),
                                List.of(new Source.Step(step.name())))));
            }
        }
        return wanted;
    }

    /** The agent's own reason, where the call carries one, and what the gate says of it. */
    private static String because(Approval approval) {
        String gate = "risk " + approval.risk() + ", " + approval.approvers()
                + (approval.approvers() == 1 ? " person decides" : " people decide") + ", until "
                + approval.expiresAt();
        return approval.payload().get("action") instanceof Map<?, ?> action
                        && action.get("arguments") instanceof Map<?, ?> arguments
                        && arguments.get("reason") instanceof String reason
                ? reason + " (" + gate + ")"
                : gate;
    }

    private static List<Report.Block> all(List<Step> steps, Class<? extends Report.Block> kind, int most) {
        List<Report.Block> found = new ArrayList<>();
        for (Step step : steps) {
            if (step.report() != null) {
                step.report().sections().stream()
                        .flatMap(section -> section.blocks().stream())
                        .filter(kind::isInstance)
                        .forEach(found::add);
            }
        }
        return found.subList(0, Math.min(most, found.size()));
    }
}
