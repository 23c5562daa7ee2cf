/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.gate.RiskProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How profiles compare and combine: the strictest rule wins, rule by rule. */
final class Strictness {

    private static final List<String> SENSITIVITIES = List.of("low", "medium", "high");

    private Strictness() {}

    /** One profile that allows only what both allow. */
    static RiskProfile both(RiskProfile a, RiskProfile b) {
        if (a.name().equals(b.name())) {
            return a;
        }
        Set<String> require = new HashSet<>(a.requireApprovalFor());
        require.addAll(b.requireApprovalFor());
        Set<String> autonomous = actions(a);
        autonomous.retainAll(actions(b));
        return new RiskProfile(
                a.name() + "+" + b.name(),
                a.maxSpendWithoutApproval().min(b.maxSpendWithoutApproval()),
                Set.copyOf(require),
                Set.copyOf(autonomous),
                Math.min(a.maxDailyTransactions(), b.maxDailyTransactions()),
                a.requireTwoApproversAbove().min(b.requireTwoApproversAbove()),
                SENSITIVITIES.get(Math.max(sensitivity(a), sensitivity(b))),
                a.autoPauseOnCircuitOpen() || b.autoPauseOnCircuitOpen());
    }

    /** What a profile lets pass that the other would stop; empty when it is nowhere looser. */
    static List<String> loosened(RiskProfile from, RiskProfile to) {
        Set<String> looser = new java.util.TreeSet<>();
        if (to.maxSpendWithoutApproval().compareTo(from.maxSpendWithoutApproval()) > 0) {
            looser.add("max_spend_without_approval");
        }
        if (to.maxDailyTransactions() > from.maxDailyTransactions()) {
            looser.add("max_daily_transactions");
        }
        if (to.requireTwoApproversAbove().compareTo(from.requireTwoApproversAbove()) > 0) {
            looser.add("require_two_approvers_above");
        }
        if (!to.requireApprovalFor().containsAll(from.requireApprovalFor())) {
            looser.add("require_approval_for");
        }
        if (!actions(from).containsAll(actions(to))) {
            looser.add("autonomous_actions_allowed");
        }
        if (sensitivity(to) < sensitivity(from)) {
            looser.add("circuit_breaker_sensitivity");
        }
        if (from.autoPauseOnCircuitOpen() && !to.autoPauseOnCircuitOpen()) {
            looser.add("auto_pause_on_circuit_open");
        }
        return List.copyOf(looser);
    }

    static boolean autonomous(RiskProfile profile, String action) {
        return profile.autonomousActions().contains(ProfileFile.ALL)
                || profile.autonomousActions().contains(action);
    }

    private static Set<String> actions(RiskProfile profile) {
        return profile.autonomousActions().contains(ProfileFile.ALL)
                ? new HashSet<>(ProfileFile.ACTIONS)
                : profile.autonomousActions().stream().collect(Collectors.toCollection(HashSet::new));
    }

    private static int sensitivity(RiskProfile profile) {
        return SENSITIVITIES.indexOf(profile.circuitBreakerSensitivity());
    }
}
