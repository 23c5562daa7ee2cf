/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Agent;
import ai.king.agent.Task;
import ai.king.kit.AgentContract;
import ai.king.kit.Configs;
import ai.king.kit.FakeContext;
import java.util.List;
import java.util.Map;

class WebResearchContractTest extends AgentContract {

    @Override
    protected Agent agent() {
        return new ResearchAgent(Configs.defaults(ResearchAgent.Config.class));
    }

    @Override
    protected Task task() {
        return new Task("step-1", "product_research", "Find dog beds", Map.of(), Map.of(), List.of());
    }

    @Override
    protected FakeContext context() {
        return WebDouble.context(WebDouble.finds(
                WebDouble.hit("https://a.example/1", "Bed", "A dog bed.", "price", "$12.99"),
                WebDouble.hit("https://b.example/2", "Bed", "A dog bed for £40.")));
    }
}
