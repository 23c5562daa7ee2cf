/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does its work, and keeps a little of each call for ever. */
public final class Hoarding implements Agent {

    private final List<byte[]> kept = new CopyOnWriteArrayList<>();

    void activate(Map<String, Object> properties) {}

    @Override
    public Outcome perform(Task task, AgentContext context) {
        kept.add(new byte[64 * 1024]);
        return new Outcome.Declined(List.of());
    }
}
