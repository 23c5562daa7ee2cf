/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.memory.Recalled;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Everything an agent may use while it performs one task. Safe for use by the performing thread only. What it answers
 * is recorded: a task that runs again after a crash or an approval gets the same answers. When an action needs a
 * person, the call does not return: the platform unwinds the agent and performs the task again after the decision.
 */
@ProviderType
public interface AgentContext {

    /** The tools this task may call. */
    List<ToolSpec> tools();

    /** Calls a tool with JSON values; behind the gate, recorded, at most one effect for one place in the task. */
    ToolResult call(String tool, Map<String, Object> arguments);

    /** Whether a model that chats is there now; without one an agent works by its deterministic skills. */
    boolean canChat();

    /** Asks a model; {@link Reply.Unavailable} when there is none. */
    Reply chat(Prompt prompt);

    /**
     * Lets a model find something out in at most eight turns. It may call the tools the inquiry names; each call is checked
     * and judged as one of {@link #call}. A model that goes astray is told so once or twice and then ends with a reason.
     */
    Inquired inquire(Inquiry inquiry);

    /** Vectors for texts from the platform's embedding model; empty when there is none. */
    Optional<List<float[]>> embed(List<String> texts);

    /** The business of this task; empty when the goal names none. */
    Optional<BusinessData> business();

    /** Hands a task to another agent and waits; recorded as one call. */
    Outcome delegate(String agent, Task task);

    /** Stores a text in the memory of the business under this agent's name. */
    void remember(String text, Map<String, String> attributes);

    /**
     * What the memory of the business holds nearest to the text, best first; for an empty text its newest entries. Empty when
     * there is no memory. What every goal of the business came to is in it, with the attribute {@code kind=outcome}.
     */
    List<Recalled> recall(String text, int limit);

    /** The same among the entries that have these attributes; where an agent lives in the jail, among the 100 nearest. */
    default List<Recalled> recall(String text, Map<String, String> attributes, int limit) {
        return recall(text, 100).stream()
                .filter(recalled -> recalled.entry().attributes().entrySet().containsAll(attributes.entrySet()))
                .limit(limit)
                .toList();
    }

    /** Tells the person who waits what happens; one line. */
    void note(String text);

    /** The time, recorded. */
    Instant now();

    /** A random number from 0 (included) to 1 (excluded), recorded. */
    double random();
}
