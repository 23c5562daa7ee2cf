/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.echo;

import ai.king.agent.Agent;
import ai.king.kit.AgentContract;
import ai.king.kit.Configs;

class EchoAgentContractTest extends AgentContract {

    @Override
    protected Agent agent() {
        return new EchoAgent(Configs.defaults(EchoAgent.Config.class));
    }
}
