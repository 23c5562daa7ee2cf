/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agent.Agent;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.engine.plug.testing.PlainFramework;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.Route;
import ai.king.plug.RouteKey;
import ai.king.plug.Routes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.Configuration;

/** Generations as real bundles in a real framework. */
class SideBySideTest {

    private static final String PLUG = "ai.king.agent.fixture";
    private static final byte[] ONE = PlugSource.echo(PLUG, "fixture", "1.0.0").jar();
    private static final byte[] TWO = PlugSource.echo(PLUG, "fixture", "2.0.0").jar();

    @TempDir
    Path storage;

    private PlainFramework framework;
    private Plugs plugs;
    private Routes routes;

    @BeforeEach
    void boot() throws BundleException {
        framework = new PlainFramework(storage);
        framework.startOwn();
        plugs = framework.service(Plugs.class);
        routes = framework.service(Routes.class);
    }

    @AfterEach
    void stop() {
        framework.close();
    }

    @Test
    void twoVersionsAndTwoConfigurationsOfOneVersionWorkSideBySide() throws Exception {
        Bundle one = install("king:one", ONE);
        Bundle two = install("king:two", TWO);
        configure(one, "1a", "first ");
        configure(one, "1b", "second ");
        configure(two, "2a", "third ");
        awaitRoutes(3);
        assertThatThrownBy(() -> call("g")).isInstanceOf(NoSuchPlug.class);
        direct("1a");
        assertThat(call("g")).isEqualTo("first hello 1.0.0");
        direct("1b");
        assertThat(call("g")).isEqualTo("second hello 1.0.0");
        direct("2a");
        assertThat(call("g")).isEqualTo("third hello 2.0.0");
        assertThat(plugs.current(Agent.class).get(0).properties()).containsEntry("king.agent.description", "Answers");
    }

    @Test
    void aReleasedServiceWithoutGenerationGetsNoCalls() throws Exception {
        Bundle one = install("king:one", ONE);
        framework
                .configurations()
                .createFactoryConfiguration(PLUG, one.getLocation())
                .update(new Hashtable<>(Map.of("prefix", "x")));
        Configuration proper = configure(one, "1a", "y");
        awaitRoutes(1);
        proper.delete();
        awaitRoutes(0);
        assertThatThrownBy(() -> call("g")).isInstanceOf(NoSuchPlug.class);
    }

    @Test
    void losesNoCallWhileBundlesAreSwappedUnderLoadAndLeavesNothingBehind() throws Exception {
        Set<String> threadsBefore = threads();
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        List<PhantomReference<ClassLoader>> loaders = new ArrayList<>();
        Bundle current = install("king:0", ONE);
        configure(current, "0", "");
        awaitRoutes(1);
        direct("0");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ends.add(callers.submit(() -> {
                while (!stop.get()) {
                    call("g" + calls.incrementAndGet());
                }
            }));
        }
        for (int swap = 1; swap <= 20; swap++) {
            Bundle next = install("king:" + swap, swap % 2 == 0 ? ONE : TWO);
            configure(next, Integer.toString(swap), "");
            awaitRoutes(2);
            direct(Integer.toString(swap));
            loaders.add(new PhantomReference<>(current.adapt(BundleWiring.class).getClassLoader(), collected));
            current.uninstall();
            forget(current);
            current = next;
        }
        stop.set(true);
        for (Future<?> end : ends) {
            end.get(20, TimeUnit.SECONDS);
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(calls.get()).isGreaterThan(100);
        assertThat(routes.all()).extracting(Route::inFlight).containsOnly(0);
        awaitCollected(collected, loaders.size());
        assertThat(threads()).isSubsetOf(threadsBefore);
    }

    @Test
    void aStoppedBundleWaitsForItsCall() throws Exception {
        Bundle one = install("king:one", ONE);
        configure(one, "1a", "");
        awaitRoutes(1);
        direct("1a");
        Lease<Agent> lease = plugs.lease(Agent.class, "fixture", RouteKey.of("g"));
        Thread leaving = new Thread(() -> {
            try {
                one.uninstall();
            } catch (BundleException e) {
                throw new IllegalStateException(e);
            }
        });
        leaving.start();
        awaitRoutes(0);
        assertThat(text(lease.plug())).isEqualTo("hello 1.0.0");
        lease.close();
        leaving.join(20_000);
        assertThat(one.getState()).isEqualTo(Bundle.UNINSTALLED);
    }

    private Bundle install(String location, byte[] jar) throws BundleException {
        Bundle bundle = framework.context().installBundle(location, new ByteArrayInputStream(jar));
        bundle.start();
        return bundle;
    }

    private Configuration configure(Bundle bundle, String generation, String prefix) throws IOException {
        Configuration configuration = framework.configurations().createFactoryConfiguration(PLUG, bundle.getLocation());
        configuration.update(new Hashtable<>(Map.of("prefix", prefix, "king.generation", generation)));
        return configuration;
    }

    private void forget(Bundle bundle) throws Exception {
        Configuration[] bound =
                framework.configurations().listConfigurations("(service.bundleLocation=" + bundle.getLocation() + ")");
        for (Configuration configuration : bound == null ? new Configuration[0] : bound) {
            configuration.delete();
        }
    }

    private void direct(String generation) {
        routes.direct("Agent", "fixture", generation, Optional.empty());
    }

    private String call(String goal) {
        try (Lease<Agent> lease = plugs.lease(Agent.class, "fixture", RouteKey.of(goal))) {
            return text(lease.plug());
        }
    }

    private static String text(Agent agent) {
        Outcome outcome = agent.perform(new Task("t", "", "hello", Map.of(), Map.of(), List.of()), null);
        Map<String, Object> data = ((Outcome.Done) outcome).data();
        return data.get("text") + " " + data.get("version");
    }

    private void awaitRoutes(int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (routes.all().size() != count) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("routes: " + routes.all());
            }
            Thread.onSpinWait();
        }
    }

    private static void awaitCollected(ReferenceQueue<ClassLoader> queue, int count) throws InterruptedException {
        for (int seen = 0; seen < count; seen++) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (true) {
                System.gc();
                if (queue.remove(20) != null) {
                    break;
                }
                assertThat(System.nanoTime() - end)
                        .as("class loaders collected: %d of %d", seen, count)
                        .isNegative();
            }
        }
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        return names;
    }
}
