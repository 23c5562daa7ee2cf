/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Does its work, and hangs a handler of its own on a logger that outlives it. */
public final class Clinging implements Agent {

    void activate(Map<String, Object> properties) {
        Logger.getLogger("").addHandler(new Deaf());
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        return new Outcome.Declined(List.of());
    }

    private static final class Deaf extends Handler {
        @Override
        public void publish(LogRecord entry) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
