/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.engine.evolution.Generations;
import ai.king.evolution.Release.Item;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Puts bundles of plugs and their configurations into the framework and takes them out: nobody else does. */
final class Installer {

    static final String LOCATION = "king:";

    private static final long START_SECONDS = 20;
    private static final long STOP_SECONDS = 2;

    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private final JarCache jars;
    private final Lives lives;

    Installer(BundleContext context, ConfigurationAdmin configurations, JarCache jars) {
        this.context = context;
        this.configurations = configurations;
        this.jars = jars;
        lives = new Lives(context);
    }

    /** Why its component failed to come to life; empty while it may still do. */
    Optional<String> refused(Item item) {
        return lives.refused(bundle(item), Generations.id(item));
    }

    /** How its component stands. */
    String state(Item item) {
        return lives.state(bundle(item), Generations.id(item));
    }

    private @Nullable Bundle bundle(Item item) {
        return context.getBundle(LOCATION + item.bundle());
    }

    /** Takes out whatever an earlier run left: what should run is decided anew. */
    void clear() {
        try {
            for (Configuration configuration : bound(LOCATION + "*")) {
                configuration.delete();
            }
            for (Bundle bundle : context.getBundles()) {
                if (bundle.getLocation().startsWith(LOCATION)) {
                    bundle.uninstall();
                }
            }
        } catch (IOException | BundleException e) {
            throw new IllegalStateException("plugs of an earlier run cannot be taken out", e);
        }
    }

    /** Installs the jar of a digest unless it is there; its bytes are checked while the framework reads them. */
    Bundle install(String digest) throws InstallFailed {
        Bundle there = context.getBundle(LOCATION + digest);
        if (there != null) {
            return there;
        }
        try (InputStream in = jars.open(digest)) {
            Bundle bundle = context.installBundle(LOCATION + digest, in);
            Collection<Bundle> closure =
                    context.getBundle(0).adapt(FrameworkWiring.class).getDependencyClosure(List.of(bundle));
            if (closure.size() > 1) {
                bundle.uninstall();
                throw new InstallFailed("to refresh it would restart " + closure);
            }
            return bundle;
        } catch (IOException | BundleException e) {
            throw new InstallFailed("it cannot be installed: " + reason(e));
        }
    }

    /** Wires them in one go, which costs less than one after the other; what cannot be wired says so when it is started. */
    void resolve(Collection<Bundle> bundles) {
        context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(bundles);
    }

    /** Starts the bundle, with a limit: code of the plug may hang. */
    void start(Bundle bundle) throws InstallFailed {
        if (bundle.getState() == Bundle.ACTIVE) {
            return;
        }
        aside("start", bundle, START_SECONDS, () -> {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            return true;
        });
    }

    /** Runs what may run code of the plug, which may hang: on a thread of its own, and not for ever. */
    private static void aside(String what, Bundle bundle, long seconds, Callable<Boolean> work) throws InstallFailed {
        FutureTask<Boolean> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "king-" + what + "-" + bundle.getSymbolicName());
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new InstallFailed("it does not " + what + ": " + reason(e.getCause()));
        } catch (TimeoutException e) {
            throw new InstallFailed("it did not " + what + " within " + seconds + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InstallFailed("the platform stops");
        }
    }

    /** Makes the plug's instance: a factory configuration that only this bundle sees, and that never changes. */
    void configure(Item item) throws InstallFailed {
        String generation = Generations.id(item);
        Dictionary<String, Object> properties = new Hashtable<>();
        item.values().forEach((key, value) -> properties.put(key, simple(value)));
        properties.put("king.generation", generation);
        properties.put("king.name", item.name());
        try {
            configurations
                    .getFactoryConfiguration(item.plug(), generation.replace('/', '-'), LOCATION + item.bundle())
                    .update(properties);
        } catch (IOException | IllegalArgumentException e) {
            throw new InstallFailed("its configuration cannot be stored: " + reason(e));
        }
    }

    /**
     * Ends one instance; with the last of its bundle the bundle goes, too. Waits for calls that are under way, but not for
     * ever for a plug that does not stop: that goes on aside, and nothing waits for it.
     */
    void remove(Item item, Set<String> digestsInUse) throws InstallFailed {
        Bundle bundle = bundle(item);
        if (bundle == null || digestsInUse.contains(item.bundle())) {
            unconfigure(item);
            return;
        }
        Map<Long, BundleWiring> before = wirings();
        before.remove(bundle.getBundleId());
        // Bundle first: its configuration's end would be told on the thread that tells every other plug's.
        aside("stop", bundle, STOP_SECONDS, () -> {
            bundle.uninstall();
            unconfigure(item);
            return true;
        });
        verifyUntouched(before);
    }

    private void unconfigure(Item item) throws InstallFailed {
        String pid = item.plug() + "~" + Generations.id(item).replace('/', '-');
        try {
            for (Configuration configuration : bound(LOCATION + item.bundle())) {
                if (configuration.getPid().equals(pid)) {
                    configuration.delete();
                }
            }
        } catch (IOException e) {
            throw new InstallFailed("its configuration cannot be taken out: " + reason(e));
        }
    }

    private List<Configuration> bound(String location) throws IOException {
        try {
            Configuration[] found = configurations.listConfigurations(
                    "(" + ConfigurationAdmin.SERVICE_BUNDLELOCATION + "=" + location + ")");
            return found == null ? List.of() : Arrays.asList(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How everything that is there is wired now. */
    Map<Long, BundleWiring> wirings() {
        Map<Long, BundleWiring> wirings = new HashMap<>();
        for (Bundle bundle : context.getBundles()) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (wiring != null) {
                wirings.put(bundle.getBundleId(), wiring);
            }
        }
        return wirings;
    }

    /** A change of one plug touches no other bundle: a new wiring would mean that it was refreshed. */
    void verifyUntouched(Map<Long, BundleWiring> before) throws InstallFailed {
        for (Map.Entry<Long, BundleWiring> entry : before.entrySet()) {
            Bundle bundle = context.getBundle(entry.getKey());
            if (bundle == null || bundle.adapt(BundleWiring.class) != entry.getValue()) {
                throw new InstallFailed("bundle " + entry.getKey() + " was refreshed by it");
            }
        }
    }

    /** The types that Configuration Admin stores. */
    private static Object simple(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).toArray(String[]::new);
        }
        if (value instanceof Map<?, ?>) {
            throw new IllegalArgumentException("an option holds a value or a list, not an object");
        }
        return value;
    }

    static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** Why a plug is not there. */
    static final class InstallFailed extends Exception {
        private static final long serialVersionUID = 1;

        InstallFailed(String reason) {
            super(reason);
        }
    }
}
