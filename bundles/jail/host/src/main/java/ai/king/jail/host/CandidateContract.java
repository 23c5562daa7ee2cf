/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.kit.AgentContract;

/** The kit's contract, applied to the candidate. Public because the test engine makes instances of it. */
public final class CandidateContract extends AgentContract {

    @Override
    protected Agent agent() {
        return Candidate.plug(Agent.class);
    }
}
