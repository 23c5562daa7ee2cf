/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An agent that takes two milliseconds, and the bundle it comes in: packed into jars of its own, one a version. */
public final class InProcessPlug implements BundleActivator, Agent {

    /** Header of the manifest that says which generation it is. */
    static final String GENERATION = "X-Generation";

    static final String NAME = "swapped";

    private static final long WORK = TimeUnit.MILLISECONDS.toNanos(2);

    private volatile boolean stopped;

    @Override
    public void start(BundleContext context) {
        String generation = context.getBundle().getHeaders().get(GENERATION);
        context.registerService(
                Agent.class, this, new Hashtable<>(Map.of("king.agent.name", NAME, "king.generation", generation)));
    }

    @Override
    public void stop(BundleContext context) {
        stopped = true;
    }

    /** A call that its bundle does not outlive is cut off. */
    @Override
    public Outcome perform(Task task, AgentContext context) {
        LockSupport.parkNanos(WORK);
        return stopped ? new Outcome.Failed("stopped under the call", true) : new Outcome.Done(Map.of(), Report.none());
    }
}
