/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import ai.king.kit.AgentContract;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The kit's contract, applied to the candidate. Public because the test engine makes instances of it. */
public final class CandidateContract extends AgentContract {

    /** One program judges one candidate. */
    private static @Nullable Agent candidate;

    static void judge(Agent agent) {
        candidate = agent;
    }

    @Override
    protected Agent agent() {
        return Objects.requireNonNull(candidate, "no candidate");
    }
}
