/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.gate;

import java.math.BigDecimal;
import java.util.Set;

/**
 * What may happen without a person; the keys of {@code config/risk_profiles.yaml}.
 *
 * @param autonomousActions {@code all} stands for every action
 */
public record RiskProfile(
        String name,
        BigDecimal maxSpendWithoutApproval,
        Set<String> requireApprovalFor,
        Set<String> autonomousActions,
        int maxDailyTransactions,
        BigDecimal requireTwoApproversAbove,
        String circuitBreakerSensitivity,
        boolean autoPauseOnCircuitOpen) {}
