/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Works on one task per call. The platform calls {@link #perform} on a thread of its own, possibly many at once;
 * the agent may block and must return soon after an interrupt. It uses nothing but the context.
 */
@ConsumerType
public interface Agent {

    /** Works on the task. An exception is a fault of the agent and counts as {@link Outcome.Failed}, not retriable. */
    Outcome perform(Task task, AgentContext context);
}
