/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.Agent;
import ai.king.kit.AgentContract;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import java.nio.file.Path;

class CommerceAgentContractTest extends AgentContract {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    @Override
    protected Agent agent() {
        return new CommerceAgent(Configs.defaults(CommerceAgent.Config.class));
    }

    @Override
    protected FakeContext context() {
        return new FakeContext().with(SAMPLE);
    }
}
