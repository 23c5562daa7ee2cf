/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.Agent;
import ai.king.agent.Task;
import ai.king.agents.Agents;
import ai.king.agents.Memories;
import ai.king.agents.Rehearsals;
import ai.king.agents.Tools;
import ai.king.brain.Capability;
import ai.king.business.Businesses;
import ai.king.inferences.Inferences;
import ai.king.lib.window.Tokens;
import ai.king.plug.Plugs;
import ai.king.signals.Signals;
import ai.king.store.Store;
import ai.king.work.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Agents and tools as services. */
@org.osgi.annotation.bundle.Capability(namespace = "osgi.implementation", name = "king.agent", version = "1.0.0")
@Component(
        immediate = true,
        service = {Agents.class, Rehearsals.class})
public final class AgentEngine implements Agents, Rehearsals {

    private final ScheduledExecutorService deadlines;
    private final LeasedAgents agents;
    private final LeasedAgents rehearsals;

    @Activate
    public AgentEngine(
            @Reference Store store,
            @Reference Plugs plugs,
            @Reference Tools tools,
            @Reference Inferences inferences,
            @Reference Businesses businesses,
            @Reference Memories memories,
            @Reference Signals signals) {
        deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "king-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        Services services = new Services(
                plugs,
                inferences,
                businesses,
                tools,
                new Schemas(),
                new Tokens(),
                memories,
                store.clock(),
                new Durations(signals::time));
        agents = new LeasedAgents(services, deadlines);
        rehearsals = new LeasedAgents(services.untold(), deadlines);
    }

    @Deactivate
    void stop() {
        deadlines.shutdownNow();
    }

    @Override
    public Performed perform(Task task, Journal journal, Duration deadline) {
        return agents.perform(task, journal, deadline);
    }

    @Override
    public Performed rehearse(Agent agent, Task task, Journal journal, Duration deadline) {
        return rehearsals.rehearse(agent, task, journal, deadline);
    }

    @Override
    public List<Described> list() {
        return agents.list();
    }

    @Override
    public List<Capability> capabilities() {
        return agents.capabilities();
    }
}
