/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.plug.Lease;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Dispatch through a lease on the worker's thread: lease, call an agent that does nothing, return; in a real framework with
 * the real engine, from 1 to 200 agents. The same call without a lease stands beside it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LeaseBench {

    private static final Task TASK = new Task("step", "", "goal", Map.of(), Map.of(), List.of());
    private static final Outcome DONE = new Outcome.Done(Map.of(), Report.none());

    /** Does nothing: what is left is the dispatch. */
    private static final class Idle implements Agent {
        @Override
        public Outcome perform(Task task, AgentContext context) {
            return DONE;
        }
    }

    @Param({"1", "20", "200"})
    public int agents;

    private final Agent bare = new Idle();
    private Framework framework;
    private Plugs plugs;
    private String[] names;
    private AgentContext context;
    private int next;

    @Setup
    public void start() throws BundleException, IOException, InterruptedException {
        Path cache = Files.createTempDirectory("lease-bench");
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
        framework.start();
        names = new String[agents];
        for (int i = 0; i < agents; i++) {
            names[i] = "agent" + i;
            Hashtable<String, Object> properties = new Hashtable<>(Map.of("king.agent.name", names[i]));
            framework.getBundleContext().registerService(Agent.class, new Idle(), properties);
        }
        plugs = Engines.plugs(framework.getBundleContext());
        context = Engines.nothing(AgentContext.class);
    }

    @TearDown
    public void stop() throws BundleException {
        framework.stop();
    }

    @Benchmark
    public Outcome throughALease() {
        String name = names[next = (next + 1) % names.length];
        try (Lease<Agent> lease = plugs.lease(Agent.class, name, RouteKey.of(name))) {
            return lease.plug().perform(TASK, context);
        }
    }

    @Benchmark
    public Outcome withoutALease() {
        return bare.perform(TASK, context);
    }
}
