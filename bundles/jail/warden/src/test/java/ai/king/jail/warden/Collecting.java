/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Does its work, and keeps so little of each call that only thousands show it. */
public final class Collecting implements Agent {

    private static final Queue<Object> SEEN = new ConcurrentLinkedQueue<>();

    void activate(Map<String, Object> properties) {}

    @Override
    public Outcome perform(Task task, AgentContext context) {
        SEEN.add(new byte[700]);
        return new Outcome.Declined(List.of());
    }
}
