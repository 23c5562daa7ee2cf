/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.List;
import java.util.Map;

/** Does its work, and throws when it is stopped. */
public final class Grudging implements Agent {

    void activate(Map<String, Object> properties) {}

    void deactivate() {
        throw new IllegalStateException("not yet");
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        return new Outcome.Declined(List.of());
    }
}
