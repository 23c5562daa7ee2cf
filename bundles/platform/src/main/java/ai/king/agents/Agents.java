/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agents;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.brain.Capability;
import ai.king.work.Journal;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Performs steps through agents. */
@ProviderType
public interface Agents {

    /**
     * Performs a step on the calling thread through a lease of the agent, with a context whose calls are recorded in the
     * journal. Interrupted at the deadline.
     */
    Performed perform(Task task, Journal journal, Duration deadline);

    /** The agents that are there. */
    List<Described> list();

    /** All their skills. */
    List<Capability> capabilities();

    /** An agent as lists show it. */
    record Described(String name, String description, List<String> capabilities, String risk) {}

    /** How a step's performance ended. */
    sealed interface Performed {

        /** The agent came to an end; its generation and version served. */
        record Ended(Outcome outcome, String generation, String version) implements Performed {}

        /** A call needs a person; the approval's id. */
        record Asked(String approvalId) implements Performed {}

        /** The gate denied a call. */
        record Denied(String reason) implements Performed {}

        /** The fate of a call cannot be told. */
        record Unclear(String callId) implements Performed {}
    }
}
