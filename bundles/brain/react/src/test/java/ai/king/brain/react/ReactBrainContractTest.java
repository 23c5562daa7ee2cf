/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.Mind;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.kit.Configs;
import ai.king.kit.PlannerContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ReactBrainContractTest extends PlannerContract {

    @Override
    protected Planner planner() {
        return new ReactBrain(Configs.defaults(ReactBrain.Config.class));
    }

    @Override
    protected Mind mind() {
        return ScriptedMind.saying("{\"rationale\":\"so\",\"steps\":["
                + "{\"name\":\"trends\",\"agent\":\"analytics\",\"action\":\"trends\"},"
                + "{\"name\":\"money\",\"agent\":\"finance\",\"action\":\"pnl\",\"depends_on\":[\"trends\"]}]}");
    }

    @Override
    protected Situation situation() {
        return new Situation(
                "How are we doing?",
                new Intent(Intent.Type.QUERY, Intent.Action.ANALYZE_BUSINESS, Map.of(), 0.9),
                Map.of(),
                Set.of("orders"),
                List.of(),
                List.of(
                        new Capability("analytics", "trends", "finds trends", "LOW"),
                        new Capability("finance", "pnl", "profit and loss", "MEDIUM")));
    }
}
