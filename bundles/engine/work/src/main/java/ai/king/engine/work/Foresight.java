/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Report;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.gate.Action;
import ai.king.gate.Gate;
import ai.king.gate.Risk;
import ai.king.gate.RiskProfile;
import ai.king.gate.Verdict;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the gate would say to each kind of effect of a step, for dry runs: nothing is done and nothing is stored. */
final class Foresight {

    private final Gate gate;
    private final Businesses businesses;

    Foresight(Gate gate, Businesses businesses) {
        this.gate = gate;
        this.businesses = businesses;
    }

    Report of(Goal goal, Step step) {
        List<List<String>> rows = new ArrayList<>();
        for (Effect effect : Effect.values()) {
            if (effect != Effect.READ) {
                rows.add(List.of(effect.name(), words(gate.foresee(action(goal, step, effect)))));
            }
        }
        String heading = step.name() + ": " + step.agent() + " " + step.action();
        Report.Table table = new Report.Table(
                "What the gate would say to step " + step.name() + " (risk " + step.risk() + ")",
                List.of("effect", "verdict"),
                rows,
                List.of());
        return new Report(List.of(new Report.Section(heading, List.of(table))));
    }

    private Action action(Goal goal, Step step, Effect effect) {
        Optional<Business> business = Optional.ofNullable(goal.businessId()).flatMap(businesses::find);
        Set<String> profiles = profiles(goal, business);
        Optional<Money> limit = business.filter(b -> effect == Effect.SPEND)
                .map(b -> new Money(active(profiles).maxSpendWithoutApproval(), b.currency()));
        return new Action(
                step.id() + ":dry-run:0",
                goal.id(),
                step.id(),
                "any tool",
                "an effect of this kind; a spending at the limit that passes by itself",
                effect,
                Map.of(),
                limit,
                Optional.empty(),
                Optional.ofNullable(goal.businessId()),
                profiles,
                Risk.valueOf(step.risk()),
                step.marked(),
                goal.requestedBy());
    }

    private RiskProfile active(Set<String> names) {
        return gate.profiles().stream()
                .filter(p -> names.contains(p.name())
                        || p.name().equals(gate.active().name()))
                .min(java.util.Comparator.comparing(RiskProfile::maxSpendWithoutApproval))
                .orElseGet(gate::active);
    }

    static Set<String> profiles(Goal goal, Optional<Business> business) {
        Set<String> profiles = new HashSet<>();
        Optional.ofNullable(goal.riskProfile()).ifPresent(profiles::add);
        business.map(Business::riskProfile).ifPresent(profiles::add);
        return profiles;
    }

    private static String words(Verdict verdict) {
        if (verdict instanceof Verdict.Ask ask) {
            return "asks " + ask.approval().approvers() + " ("
                    + String.join("; ", ask.approval().riskFactors()) + ")";
        }
        return verdict instanceof Verdict.Deny deny ? "denied: " + deny.reason() : "passes";
    }
}
