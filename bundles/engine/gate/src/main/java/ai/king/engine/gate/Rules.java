/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.gate.Action;
import ai.king.gate.Approval;
import ai.king.gate.Risk;
import ai.king.gate.RiskProfile;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of effects: which rule an action falls under, what it risks, and who must be asked. Nothing is stored here. */
final class Rules {

    private static final BigDecimal LOW_SPEND = BigDecimal.valueOf(100);

    private Rules() {}

    /**
     * What the rules say.
     *
     * @param reasons why a person must be asked; empty when the action may pass
     * @param approvers how many people would have to approve
     */
    record Finding(List<String> reasons, Risk risk, int approvers, boolean legal, Approval.Type type) {
        boolean passes() {
            return reasons.isEmpty();
        }
    }

    /**
     * Applies a profile to an action.
     *
     * @param spentToday what this business already paid this payee today; the action's amount comes on top
     */
    static Finding apply(RiskProfile profile, Action action, BigDecimal spentToday) {
        List<String> reasons = new ArrayList<>();
        Optional<BigDecimal> total =
                action.amount().map(Money::amount).filter(a -> a.signum() >= 0).map(spentToday::add);
        if (action.effect() == Effect.SPEND) {
            spend(profile, total, reasons);
        } else {
            listed(profile, action.effect(), reasons);
        }
        if (action.marked() && action.effect() != Effect.READ) {
            reasons.add("text from outside stood in the context this action came from");
        }
        Risk risk = action.risk().atLeast(risk(profile, action.effect(), total));
        boolean legal = action.effect() == Effect.LEGAL;
        boolean above = total.filter(t -> t.compareTo(profile.requireTwoApproversAbove()) > 0)
                .isPresent();
        int approvers = legal || above || risk.compareTo(Risk.HIGH) >= 0 ? 2 : 1;
        return new Finding(List.copyOf(reasons), risk, approvers, legal, type(action.effect()));
    }

    private static void spend(RiskProfile profile, Optional<BigDecimal> total, List<String> reasons) {
        if (profile.requireApprovalFor().contains("financial_transactions")) {
            reasons.add("financial_transactions need approval under " + profile.name());
        }
        if (total.isEmpty()) {
            reasons.add("the amount is missing, negative or no number");
        } else if (total.get().compareTo(profile.maxSpendWithoutApproval()) > 0) {
            reasons.add(total.get().toPlainString() + " to this payee today is above the "
                    + profile.maxSpendWithoutApproval().toPlainString() + " that pass under " + profile.name());
        }
    }

    private static void listed(RiskProfile profile, Effect effect, List<String> reasons) {
        List<String> keys = keys(effect);
        for (String key : keys) {
            if (profile.requireApprovalFor().contains(key)) {
                reasons.add(key + " need approval under " + profile.name());
            }
        }
        if (reasons.isEmpty() && keys.stream().noneMatch(key -> Strictness.autonomous(profile, key))) {
            reasons.add(String.join(", ", keys) + " may not be done without a person under " + profile.name());
        }
    }

    private static List<String> keys(Effect effect) {
        return switch (effect) {
            case READ -> List.of("research", "analysis", "planning");
            case READ_OUTSIDE -> List.of("external_api_calls");
            case WRITE -> List.of("operations");
            case PUBLISH -> List.of("content_creation");
            case SPEND -> List.of("financial_transactions");
            case LEGAL -> List.of("legal_actions");
            case CODE -> List.of("code_modifications");
            case INFRASTRUCTURE -> List.of("infrastructure_updates");
        };
    }

    private static Risk risk(RiskProfile profile, Effect effect, Optional<BigDecimal> total) {
        return switch (effect) {
            case READ, READ_OUTSIDE, WRITE -> Risk.LOW;
            case PUBLISH, CODE -> Risk.MEDIUM;
            case LEGAL, INFRASTRUCTURE -> Risk.HIGH;
            case SPEND -> total.map(t -> spendRisk(profile, t)).orElse(Risk.HIGH);
        };
    }

    private static Risk spendRisk(RiskProfile profile, BigDecimal total) {
        if (total.compareTo(profile.requireTwoApproversAbove()) > 0) {
            return Risk.HIGH;
        }
        return total.compareTo(LOW_SPEND) <= 0 ? Risk.LOW : Risk.MEDIUM;
    }

    private static Approval.Type type(Effect effect) {
        return switch (effect) {
            case READ, WRITE -> Approval.Type.OPERATIONAL;
            case READ_OUTSIDE, PUBLISH -> Approval.Type.EXTERNAL;
            case SPEND -> Approval.Type.FINANCIAL;
            case LEGAL -> Approval.Type.LEGAL;
            case CODE -> Approval.Type.TECHNICAL;
            case INFRASTRUCTURE -> Approval.Type.SYSTEM;
        };
    }
}
