/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * 2,000 calls a second in one process while their bundle is swapped all the time: through leases of the real plug engine, and
 * with a service that is looked up while its bundle is updated in place, as OSGi alone does it.
 */
final class InProcessLoad implements AutoCloseable {

    private static final int CALLERS = 8;
    private static final int RATE = 2000;
    private static final long BETWEEN_MILLIS = 200;
    private static final Task TASK = new Task("step", "", "goal", Map.of(), Map.of(), List.of());

    private final Framework framework;
    private final AgentContext context = Engines.nothing(AgentContext.class);

    InProcessLoad() throws IOException {
        Path cache = Files.createTempDirectory("bench-swaps");
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "ai.king.agent"));
        try {
            framework.start();
        } catch (BundleException e) {
            throw new IOException(e);
        }
    }

    /** What came of it. */
    record Result(long calls, long failed, int swaps, double seconds) {

        @Override
        public String toString() {
            return failed + " of " + calls + " calls (" + Math.round(calls / seconds) + "/s), " + swaps + " swaps";
        }
    }

    private interface Call {
        /** Whether it was answered. */
        boolean made(String goal);
    }

    private interface Swap {
        void make(int turn) throws BundleException, IOException;
    }

    /** Through leases: beside, directed, drained, taken out. */
    Result leased(int swaps) throws IOException, InterruptedException {
        BundleContext bundles = framework.getBundleContext();
        Plugs plugs = Engines.plugs(bundles);
        Routes routes = (Routes) plugs;
        List<Bundle> there = new ArrayList<>();
        Swap swap = turn -> {
            Bundle fresh = bundles.installBundle("king:" + turn, jar(turn));
            fresh.start();
            awaitArrival(routes, "g" + turn);
            routes.direct("Agent", InProcessPlug.NAME, "g" + turn, Optional.empty());
            if (!there.isEmpty()) {
                routes.drained("Agent", InProcessPlug.NAME, "g" + (turn - 1), Duration.ofSeconds(10));
                there.remove(0).uninstall();
            }
            there.add(fresh);
        };
        return run(swaps, swap, goal -> {
            try (Lease<Agent> lease = plugs.lease(Agent.class, InProcessPlug.NAME, RouteKey.of(goal))) {
                return lease.plug().perform(TASK, context) instanceof Outcome.Done;
            } catch (NoSuchPlug absent) {
                return false;
            }
        });
    }

    /** A plug that starts arrives on a thread of its own; nobody directs calls to it before, a node does not either. */
    private static void awaitArrival(Routes routes, String generation) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (routes.of("Agent", InProcessPlug.NAME).stream()
                .noneMatch(route -> route.generation().id().equals(generation))) {
            if (System.nanoTime() > end) {
                throw new IOException("generation " + generation + " does not arrive");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** As OSGi alone does it. */
    Result updated(int swaps) throws IOException, InterruptedException {
        BundleContext bundles = framework.getBundleContext();
        List<Bundle> there = new ArrayList<>();
        Swap swap = turn -> {
            if (there.isEmpty()) {
                there.add(bundles.installBundle("bare", jar(turn)));
                there.get(0).start();
            } else {
                there.get(0).update(jar(turn));
            }
        };
        return run(swaps, swap, goal -> {
            ServiceReference<Agent> reference = bundles.getServiceReference(Agent.class);
            Agent agent = reference == null ? null : bundles.getService(reference);
            return agent != null && agent.perform(TASK, context) instanceof Outcome.Done;
        });
    }

    private static Result run(int swaps, Swap swap, Call call) throws IOException, InterruptedException {
        AtomicLong calls = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        boolean[] stopped = new boolean[1];
        List<Thread> callers = new ArrayList<>();
        try {
            swap.make(0);
            long start = System.nanoTime();
            for (int i = 0; i < CALLERS; i++) {
                Thread thread = new Thread(() -> {
                    long next = System.nanoTime();
                    while (!stopped(stopped)) {
                        if (!call.made("goal" + calls.getAndIncrement())) {
                            failed.incrementAndGet();
                        }
                        next += TimeUnit.SECONDS.toNanos(1) * CALLERS / RATE;
                        LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
                    }
                });
                callers.add(thread);
                thread.start();
            }
            for (int turn = 1; turn <= swaps; turn++) {
                Thread.sleep(BETWEEN_MILLIS);
                swap.make(turn);
            }
            stop(stopped);
            for (Thread caller : callers) {
                caller.join();
            }
            return new Result(calls.get(), failed.get(), swaps, (System.nanoTime() - start) / 1e9);
        } catch (BundleException e) {
            throw new IOException(e);
        } finally {
            stop(stopped);
        }
    }

    private static boolean stopped(boolean[] flag) {
        synchronized (flag) {
            return flag[0];
        }
    }

    private static void stop(boolean[] flag) {
        synchronized (flag) {
            flag[0] = true;
        }
    }

    private static InputStream jar(int turn) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, "bench.swapped");
        main.putValue(Constants.BUNDLE_VERSION, "1." + turn + ".0");
        main.putValue(Constants.BUNDLE_ACTIVATOR, InProcessPlug.class.getName());
        main.putValue(Constants.IMPORT_PACKAGE, "ai.king.agent,org.osgi.framework");
        main.putValue(InProcessPlug.GENERATION, "g" + turn);
        String name = InProcessPlug.class.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest);
                InputStream in = Objects.requireNonNull(
                        InProcessPlug.class.getClassLoader().getResourceAsStream(name))) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Override
    public void close() {
        try {
            framework.stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}
