/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agents;

import ai.king.agent.Agent;
import ai.king.agent.Task;
import ai.king.agents.Agents.Performed;
import ai.king.work.Journal;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Performs recorded work once more through an agent that need not be installed. */
@ProviderType
public interface Rehearsals {

    /**
     * Performs the task through this agent on the calling thread, with the context that steps get. What happens outside is up
     * to the journal: a call is made only when it answers {@link Journal.Opened.Fresh}, so one that replays or throws {@link
     * Journal.Fenced} lets nothing happen. The latter passes through. Interrupted at the deadline.
     */
    Performed rehearse(Agent agent, Task task, Journal journal, Duration deadline);
}
