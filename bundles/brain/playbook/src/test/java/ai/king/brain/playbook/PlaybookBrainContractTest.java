/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.kit.Configs;
import ai.king.kit.PlannerContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

class PlaybookBrainContractTest extends PlannerContract {

    @Override
    protected Planner planner() {
        return new PlaybookBrain(Configs.defaults(PlaybookBrain.Config.class));
    }

    @Override
    protected Situation situation() {
        return new Situation(
                "Plan the next quarter",
                new Intent(Intent.Type.COMMAND, Intent.Action.GENERATE_REPORT, Map.of(), 0.9),
                Map.of("name", "Harbour & Tail"),
                Set.of("orders", "products"),
                List.of("d-1"),
                List.of(
                        new Capability("analytics", "kpis", "key figures against targets", "LOW"),
                        new Capability("finance", "forecast", "forecasts revenue", "LOW"),
                        new Capability("commerce", "price", "changes prices", "LOW")));
    }
}
