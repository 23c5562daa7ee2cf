/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.Agent;
import ai.king.kit.AgentContract;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import java.nio.file.Path;

class LegalAgentContractTest extends AgentContract {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    @Override
    protected Agent agent() {
        return new LegalAgent(Configs.defaults(LegalAgent.Config.class));
    }

    @Override
    protected FakeContext context() {
        return new FakeContext().with(SAMPLE);
    }
}
