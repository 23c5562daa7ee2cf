/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.Agent;
import ai.king.agent.Task;
import ai.king.kit.AgentContract;
import ai.king.kit.Configs;
import java.util.List;
import java.util.Map;

class CodeAgentContractTest extends AgentContract {

    @Override
    protected Agent agent() {
        return new CodeAgent(Configs.defaults(CodeAgent.Config.class));
    }

    @Override
    protected Task task() {
        return new Task("step-1", "create", "analytics lacks cohort retention", Map.of(), Map.of(), List.of());
    }
}
