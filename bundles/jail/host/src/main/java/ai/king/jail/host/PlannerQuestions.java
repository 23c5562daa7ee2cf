/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.kit.PlannerContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kit's contract, applied to the candidate. Public because the test engine makes instances of it. */
public final class PlannerQuestions extends PlannerContract {

    @Override
    protected Planner planner() {
        return Candidate.plug(Planner.class);
    }

    @Override
    protected Situation situation() {
        return new Situation(
                "How is my business doing?",
                new Intent(Intent.Type.COMMAND, Intent.Action.ANALYZE_BUSINESS, Map.of(), 1),
                Map.of(),
                Set.of("orders"),
                List.of(),
                List.of(
                        new Capability("analytics", "kpis", "figures of the business", "LOW"),
                        new Capability("finance", "pnl", "profit and loss", "MEDIUM")));
    }
}
