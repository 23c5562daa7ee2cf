/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.List;
import java.util.Map;

/** Never gets through its static initializer. */
public final class Hang implements Agent {

    static {
        hang();
    }

    private static void hang() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    void activate(Map<String, Object> properties) {}

    @Override
    public Outcome perform(Task task, AgentContext context) {
        return new Outcome.Declined(List.of());
    }
}
