/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import ai.king.agent.BusinessData;
import ai.king.business.Businesses;
import ai.king.store.Actor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
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
    /** The settings of a site that has an account with every vendor. */
    private static final Map<String, Function<String, Map<String, String>>> VENDORS = Map.of(
            "ai.king.inference.openai", url -> Map.of("url", url + "/v1", "model", "any"),
            "ai.king.inference.vllm", url -> Map.of("url", url + "/v1", "model", "ship-vllm"),
            "ai.king.inference.ollama", url -> Map.of("url", url, "model", "ship-ollama"),
            "ai.king.inference.anthropic", url -> Map.of("url", url + "/v1", ".key", "k", "model", "any"),
            "ai.king.inference.gemini", url -> Map.of("url", url + "/v1beta", ".key", "k", "model", "any"));

    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(20);

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private Businesses businesses;

    private VendorDouble vendors;
    private RealWork work;

    @Before
    public void open() throws IOException {
        vendors = new VendorDouble();
    }

    @After
    public void close() {
        vendors.close();
    }

    /** As much of the sample business as an agent needs to have something to say. */
    private BusinessData sample() throws IOException {
        Actor pat = Actor.person("pat");
        String id = businesses
                .create(pat, new Businesses.NewBusiness("Shop", "ecommerce", "pets", "USD", null))
                .id();
        for (String kind : List.of("products", "costs", "stock", "suppliers", "targets", "metrics", "orders")) {
            try (InputStream csv = Files.newInputStream(Sample.FOLDER.resolve(kind + ".csv"))) {
                assertEquals(
                        List.of(),
                        businesses.importCsv(pat, id, kind, csv, false).rejected());
            }
        }
        try (Stream<Path> files = Files.list(Sample.FOLDER.resolve("documents"))) {
            for (Path file : files.sorted().collect(toList())) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    businesses.addDocument(pat, id, file.getFileName().toString(), "text/markdown", bytes);
                }
            }
        }
        return businesses.data(id);
    }

    @Test
    public void everyPlugAppearsWorksLeavesAndComesAgain() throws Exception {
        List<Path> jars = plugs();
        assertTrue("plugs in the distribution: " + jars, jars.size() >= 9);
        for (Path jar : jars) {
            awaitRunning(Restamped.manifest(jar).getMainAttributes().getValue("Bundle-SymbolicName"));
        }
        work = new RealWork(sample());
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
                    .filter(file -> !file.toString().endsWith("-tests.jar"))
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
        anotherEquals();
        assertEquals("threads that stayed", Set.of(), threadsOf(name));
        assertTrue("the class loader is collected", collected(queue));
        assertTrue("the reference was held until then", loader.refersTo(null));
        context.removeBundleListener(listener);
        assertEquals("what happened to other bundles", List.of(), List.copyOf(others));
    }

    /** The configuration the distribution ships, with the generation that marks this instance. */
    private Hashtable<String, Object> values(Path jar, String name) throws IOException {
        Hashtable<String, Object> values = new Hashtable<>();
        Path cfg = jar.resolveSibling(name + ".cfg");
        if (Files.exists(cfg)) {
            Properties shipped = new Properties();
            try (InputStream in = Files.newInputStream(cfg)) {
                shipped.load(in);
            }
            shipped.stringPropertyNames().forEach(key -> values.put(key, shipped.getProperty(key)));
        }
        values.putAll(VENDORS.getOrDefault(name, vendor -> Map.of()).apply(vendors.url()));
        values.put("king.generation", GENERATION);
        return values;
    }

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

    private void work(Bundle bundle) throws IOException {
        for (ServiceReference<?> reference : services(bundle)) {
            Object plug = context.getService(reference);
            assertNotNull("the service cannot be fetched", plug);
            try {
                work.of(bundle.getSymbolicName(), plug);
            } finally {
                context.ungetService(reference);
            }
        }
    }

    private record Other(String text) {}

    /**
     * Java 17 keeps the class of the record whose {@code equals} was linked last, in the whole JVM just that one
     * (java.lang.runtime.ObjectMethods; mended in 19): here it becomes one of ours.
     */
    private static void anotherEquals() throws ReflectiveOperationException, IOException {
        byte[] bytes = read("SwapIT$Other.class");
        Constructor<?> made = new ClassLoader(SwapIT.class.getClassLoader()) {
            Class<?> defined() {
                return defineClass(Other.class.getName(), bytes, 0, bytes.length);
            }
        }.defined().getDeclaredConstructor(String.class);
        made.setAccessible(true);
        assertEquals(made.newInstance("a"), made.newInstance("a"));
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = SwapIT.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
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
