/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.Task;
import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Mind;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.inference.InferenceBackend;
import ai.king.memory.Entry;
import ai.king.memory.MemoryStore;
import ai.king.monitor.MonitoringSink;
import ai.king.monitor.Signal;
import ai.king.tool.Tool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Every plug of the distribution, beside the running one of the same name: appears with its configuration, works, leaves,
 * leaves no thread and no class loader behind, refreshes nobody, and comes again.
 */
public class SwapIT extends KingExam {

    private static final String GENERATION = "swapped/beside";
    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(20);

    @Inject
    private ConfigurationAdmin configurations;

    @Test
    public void everyPlugAppearsWorksLeavesAndComesAgain() throws Exception {
        List<Path> jars = plugs();
        assertTrue("plugs in the distribution: " + jars, jars.size() >= 9);
        for (Path jar : jars) {
            awaitRunning(Restamped.manifest(jar).getMainAttributes().getValue("Bundle-SymbolicName"));
        }
        List<String> failures = new ArrayList<>();
        for (Path jar : jars) {
            try {
                once(jar, 1);
                once(jar, 2);
            } catch (AssertionError e) {
                failures.add(jar.getFileName() + ": " + e.getMessage());
            }
        }
        assertEquals(List.of(), failures);
    }

    /** The platform's own start of its plugs must be over, or it would look like a disturbance by ours. */
    private void awaitRunning(String name) throws InvalidSyntaxException, InterruptedException {
        ServiceTracker<Object, Object> tracker =
                new ServiceTracker<>(
                        context,
                        context.createFilter("(&(king.generation=*)(service.factoryPid=" + name + "))"),
                        null) {
                    @Override
                    public Object addingService(ServiceReference<Object> reference) {
                        return reference;
                    }
                };
        tracker.open(true);
        try {
            assertNotNull(name + " does not run", tracker.waitForService(PATIENCE * 3));
        } finally {
            tracker.close();
        }
    }

    private static List<Path> plugs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("karaf.home"), "plugs"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .collect(toList());
        }
    }

    private void once(Path jar, int round) throws Exception {
        List<String> others = Collections.synchronizedList(new ArrayList<>());
        BundleListener listener = event -> {
            if (!event.getBundle().getLocation().startsWith("king:swap-")) {
                others.add(event.getBundle().getSymbolicName() + " event " + event.getType());
            }
        };
        context.addBundleListener(listener);
        String name = Restamped.manifest(jar).getMainAttributes().getValue("Bundle-SymbolicName");
        byte[] bytes = Restamped.of(jar, "9.9." + round, text -> text);
        Bundle bundle = context.installBundle("king:swap-" + name, new ByteArrayInputStream(bytes));
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        PhantomReference<ClassLoader> loader;
        try {
            bundle.start();
            assertEquals("services without a configuration", 0, services(bundle).size());
            Configuration configuration = configurations.createFactoryConfiguration(name, bundle.getLocation());
            configuration.update(values(jar, name));
            awaitService(true);
            assertNotEmpty(services(bundle));
            loader = new PhantomReference<>(bundle.adapt(BundleWiring.class).getClassLoader(), queue);
            work(bundle);
            configuration.delete();
            awaitService(false);
        } finally {
            bundle.uninstall();
        }
        refresh(bundle);
        assertEquals("threads that stayed", Set.of(), threadsOf(name));
        assertTrue("the class loader is collected", collected(queue));
        assertTrue("the reference was held until then", loader.refersTo(null));
        context.removeBundleListener(listener);
        assertEquals("what happened to other bundles", List.of(), List.copyOf(others));
    }

    /** The configuration the distribution ships, with the generation that marks this instance. */
    private static Hashtable<String, Object> values(Path jar, String name) throws IOException {
        Hashtable<String, Object> values = new Hashtable<>();
        Path cfg = jar.resolveSibling(name + ".cfg");
        if (Files.exists(cfg)) {
            Properties shipped = new Properties();
            try (InputStream in = Files.newInputStream(cfg)) {
                shipped.load(in);
            }
            shipped.stringPropertyNames().forEach(key -> values.put(key, shipped.getProperty(key)));
        }
        values.put("king.generation", GENERATION);
        return values;
    }

    /** What the plug offers; Felix SCR registers its own listeners in the name of the bundle. */
    /** What the plug offers; Declarative Services registers listeners of its own in the bundle's name. */
    private static List<ServiceReference<?>> services(Bundle bundle) {
        ServiceReference<?>[] found = bundle.getRegisteredServices();
        return found == null
                ? List.of()
                : Arrays.stream(found)
                        .filter(reference -> GENERATION.equals(reference.getProperty("king.generation")))
                        .collect(toList());
    }

    private static void assertNotEmpty(List<ServiceReference<?>> found) {
        assertFalse("the plug offers no service", found.isEmpty());
    }

    private void awaitService(boolean there) throws InvalidSyntaxException, InterruptedException {
        CountDownLatch changed = new CountDownLatch(1);
        ServiceTracker<Object, Object> tracker =
                new ServiceTracker<>(context, context.createFilter("(king.generation=" + GENERATION + ")"), null) {
                    @Override
                    public Object addingService(ServiceReference<Object> reference) {
                        if (there) {
                            changed.countDown();
                        }
                        // Only seen, never fetched: the test must not be what keeps the class loader.
                        return reference;
                    }

                    @Override
                    public void removedService(ServiceReference<Object> reference, Object service) {
                        if (!there) {
                            changed.countDown();
                        }
                    }
                };
        tracker.open(true);
        try {
            boolean right = there == (tracker.size() > 0);
            assertTrue(
                    there ? "no service appears" : "the service stays",
                    right || changed.await(PATIENCE, TimeUnit.MILLISECONDS));
        } finally {
            tracker.close();
        }
    }

    private void work(Bundle bundle) {
        for (ServiceReference<?> reference : services(bundle)) {
            Object plug = context.getService(reference);
            assertNotNull("the service cannot be fetched", plug);
            try {
                work(plug);
            } finally {
                context.ungetService(reference);
            }
        }
    }

    private static void work(Object plug) {
        if (plug instanceof Agent) {
            Task task = new Task("step", "", "Say what you can do", Map.of(), Map.of(), List.of());
            assertNotNull(((Agent) plug).perform(task, nothing(AgentContext.class)));
        } else if (plug instanceof Tool) {
            assertNotNull(((Tool) plug).spec().name());
        } else if (plug instanceof InferenceBackend) {
            InferenceBackend backend = (InferenceBackend) plug;
            if (backend.status().embeds()) {
                assertEquals(1, backend.embed(List.of("a cat")).size());
            }
        } else if (plug instanceof MonitoringSink) {
            ((MonitoringSink) plug).accept(List.of(new Signal.Event(Instant.EPOCH, "swap.tested", Map.of())));
        } else if (plug instanceof IntentClassifier) {
            assertNotNull(((IntentClassifier) plug).classify("Analyse my business", nothing(Mind.class)));
        } else if (plug instanceof Planner) {
            Intent intent = new Intent(Intent.Type.COMMAND, Intent.Action.ANALYZE_BUSINESS, Map.of(), 1);
            Situation situation = new Situation("Analyse", intent, Map.of(), Set.of(), List.of(), List.of());
            assertNotNull(((Planner) plug).plan(situation, nothing(Mind.class)));
        } else {
            assertTrue("unknown kind of plug " + plug.getClass(), plug instanceof MemoryStore);
            work((MemoryStore) plug);
        }
    }

    private static void work(MemoryStore memory) {
        if (memory.missing().isEmpty()) {
            float[] vector = {1, 2, 3};
            memory.remember(new Entry("e", "n", "swap", "text", false, Map.of("k", "v"), Instant.EPOCH), vector);
            assertEquals(1, memory.recall("n", vector, Map.of("k", "v"), 5).size());
            memory.forget("n", List.of("e"));
            assertEquals(0, memory.recall("n", vector, Map.of(), 5).size());
        }
    }

    /** A context or mind that has nothing to give. */
    private static <T> T nothing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Class<?> answer = method.getReturnType();
                    if (answer == Optional.class) {
                        return Optional.empty();
                    }
                    if (answer == boolean.class) {
                        return false;
                    }
                    return answer == Instant.class ? Instant.EPOCH : List.of();
                }));
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> done.countDown());
        assertTrue("the refresh ends", done.await(PATIENCE, TimeUnit.MILLISECONDS));
    }

    private static Set<String> threadsOf(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> String.valueOf(thread.getContextClassLoader()).contains(name + " [")
                        && String.valueOf(thread.getContextClassLoader()).contains("9.9."))
                .map(Thread::getName)
                .collect(toSet());
    }

    private static boolean collected(ReferenceQueue<ClassLoader> queue) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        while (System.nanoTime() < end) {
            System.gc();
            if (queue.remove(250) != null) {
                return true;
            }
        }
        return false;
    }
}
