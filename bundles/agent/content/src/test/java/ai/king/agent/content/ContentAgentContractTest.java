/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.Agent;
import ai.king.agent.Task;
import ai.king.kit.AgentContract;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ContentAgentContractTest extends AgentContract {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    @Override
    protected Agent agent() {
        return new ContentAgent(Configs.defaults(ContentAgent.Config.class));
    }

    @Override
    protected Task task() {
        return new Task("step-1", "landing_page", "Write our landing page", Map.of(), Map.of(), List.of());
    }

    @Override
    protected FakeContext context() {
        return new FakeContext().with(SAMPLE);
    }
}
