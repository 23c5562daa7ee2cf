/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Stops at once when nothing is to be done, and waits for its callers when something is. */
public final class Patient implements Agent {

    private static final int MANY = 1000;

    private final Semaphore free = new Semaphore(MANY);

    void activate(Map<String, Object> properties) {}

    void deactivate() {
        free.acquireUninterruptibly(MANY);
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        free.acquireUninterruptibly();
        try {
            context.note("working");
            return new Outcome.Declined(List.of());
        } finally {
            free.release();
        }
    }
}
