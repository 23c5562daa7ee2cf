/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.Agent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** The framework in which the candidate runs: configuration, components, the candidate, nothing else. */
final class Ground {

    /** How long the candidate may take until its agent is there. */
    private static final long PATIENCE_MILLIS = 30_000;

    /** What plugs of each family require of the platform, and find here. */
    private static final String ENGINES = Stream.of(
                    "king.agent", "king.tool", "king.inference", "king.memory", "king.monitor", "king.brain")
            .map(name -> "osgi.implementation;osgi.implementation=\"" + name + "\";version:Version=\"1.0.0\"")
            .collect(Collectors.joining(","));

    /** Between two looks whether it failed to come to life: then waiting longer helps nobody. */
    private static final long LOOK_MILLIS = 100;

    private final Path home;
    private @Nullable Bundle installed;
    private @Nullable BundleContext framework;

    /** @param home the folder with {@code bundles/} */
    Ground(Path home) {
        this.home = home;
    }

    /** Starts the framework and the bundle and waits for its agent; {@code name} may be empty. */
    Agent agent(Path bundle, String name, Map<String, Object> configuration) throws Unfit {
        Bundle candidate = begun(bundle, List.of(), configuration);
        return named(find(candidate, Agent.class), name);
    }

    /** Starts the framework, the libraries and the bundle, and waits for what each of its components is. */
    List<Candidate> candidates(Path bundle, List<Path> libraries, Map<String, Object> configuration) throws Unfit {
        Bundle started = begun(bundle, libraries, configuration);
        List<Candidate> found = new ArrayList<>();
        for (Family family : Family.of(Components.services(started))) {
            found.addAll(Candidate.all(family, find(started, family.type())));
        }
        if (found.isEmpty()) {
            throw new Unfit("the bundle declares no plug: is its class annotated with @Component?");
        }
        return found;
    }

    /** The candidate once more, after the one before went, in the same framework. */
    Succession.Life again(Path bundle, Map<String, Object> configuration) throws Unfit {
        BundleContext context = Objects.requireNonNull(framework, "the framework has not started");
        gone(context);
        Bundle candidate = begun(context, bundle, configuration);
        Class<?> type = Family.of(Components.services(candidate)).get(0).type();
        ServiceTracker<?, ?> tracker = find(candidate, type);
        Object plug = Objects.requireNonNull(tracker.getService(), "it went by itself");
        tracker.close();
        return new Succession.Life(plug, () -> gone(context));
    }

    private void gone(BundleContext context) {
        Bundle bundle = installed;
        try {
            if (bundle != null && bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
                ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
                Configuration[] left = admin.listConfigurations(null);
                for (Configuration each : left == null ? new Configuration[0] : left) {
                    each.delete();
                }
            }
        } catch (BundleException | IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("the candidate cannot be taken away: " + e.getMessage(), e);
        }
    }

    private Bundle begun(Path bundle, List<Path> libraries, Map<String, Object> configuration) throws Unfit {
        BundleContext context = start();
        framework = context;
        for (Path library : libraries) {
            install(context, library);
        }
        return begun(context, bundle, configuration);
    }

    private Bundle begun(BundleContext context, Path bundle, Map<String, Object> configuration) throws Unfit {
        Bundle candidate = install(context, bundle);
        installed = candidate;
        try {
            candidate.start();
        } catch (BundleException e) {
            throw new Unfit("the bundle does not start", e);
        }
        configure(context, candidate, configuration);
        return candidate;
    }

    private BundleContext start() throws Unfit {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                Constants.FRAMEWORK_STORAGE, Path.of("felix").toAbsolutePath().toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, exported());
        settings.put(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, ENGINES);
        settings.put("felix.bootdelegation.implicit", "false");
        settings.put("felix.cache.locking", "false");
        settings.put("felix.log.level", "1");
        Framework framework = new FrameworkFactory().newFramework(settings);
        try {
            framework.start();
            BundleContext context = framework.getBundleContext();
            try (Stream<Path> ours = Files.list(home.resolve("bundles"))) {
                for (Path each : ours.sorted().toList()) {
                    install(context, each).start();
                }
            }
            return context;
        } catch (BundleException | IOException e) {
            throw new Unfit("the host itself does not start", e);
        }
    }

    /** By reference: nothing is copied, the files are read-only here. */
    private static Bundle install(BundleContext context, Path jar) throws Unfit {
        try {
            return context.installBundle("reference:" + jar.toAbsolutePath().toUri());
        } catch (BundleException | IllegalArgumentException e) {
            throw new Unfit("the bundle cannot be installed", e);
        }
    }

    /** Every package that a library on the class path exports, with its version: the API and what components need. */
    private static String exported() throws Unfit {
        StringJoiner exported = new StringJoiner(",");
        try {
            for (URL url : Collections.list(Host.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = url.openStream()) {
                    String packages = new Manifest(in).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
                    if (packages != null && offered(packages)) {
                        exported.add(packages);
                    }
                }
            }
        } catch (IOException e) {
            throw new Unfit("the host's libraries cannot be read", e);
        }
        return exported.toString();
    }

    private static boolean offered(String packages) {
        return Stream.of("ai.king.", "org.slf4j", "org.osgi.service.", "org.osgi.util.")
                .anyMatch(packages::startsWith);
    }

    private static void configure(BundleContext context, Bundle candidate, Map<String, Object> configuration)
            throws Unfit {
        Hashtable<String, Object> properties = new Hashtable<>();
        configuration.forEach((key, value) -> {
            if (value != null) {
                properties.put(key, value instanceof List<?> list ? texts(list) : value);
            }
        });
        ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        try {
            for (String pid : Components.pids(candidate)) {
                admin.createFactoryConfiguration(pid, candidate.getLocation()).update(properties);
            }
        } catch (IOException e) {
            throw new Unfit("the configuration cannot be stored", e);
        }
    }

    private static String[] texts(List<?> list) {
        return list.stream().map(String::valueOf).toArray(String[]::new);
    }

    private static <T> ServiceTracker<T, T> find(Bundle candidate, Class<T> type) throws Unfit {
        if (candidate.getHeaders().get("Service-Component") == null) {
            throw new Unfit("the bundle declares no component: is the plug's class annotated with @Component?");
        }
        String filter = "(&(objectClass=" + type.getName() + ")(service.bundleid=" + candidate.getBundleId() + "))";
        try {
            // The platform's side of the framework: the candidate's own context ends with the candidate.
            BundleContext context = candidate.getBundleContext().getBundle(0).getBundleContext();
            ServiceTracker<T, T> tracker = new ServiceTracker<>(context, context.createFilter(filter), null);
            tracker.open();
            await(tracker, context, candidate, type.getSimpleName());
            return tracker;
        } catch (InvalidSyntaxException e) {
            throw new Unfit("no filter: " + filter, e);
        } catch (InterruptedException e) {
            throw new Unfit("the host was interrupted", e);
        }
    }

    private static <T> void await(ServiceTracker<T, T> tracker, BundleContext context, Bundle candidate, String what)
            throws InterruptedException, Unfit {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (tracker.waitForService(LOOK_MILLIS) == null) {
            Optional<String> refused = Lives.refused(context, candidate);
            if (refused.isPresent()) {
                throw new Unfit("the " + what + " does not come to life: " + refused.get());
            }
            if (System.nanoTime() - end > 0) {
                throw new Unfit(
                        "no " + what + " appeared within " + PATIENCE_MILLIS / 1000
                                + " s: is the component's constructor satisfied, does it return, is the configuration complete?");
            }
        }
    }

    /** Stops the candidate; why that did not end well. Empty without one. */
    Optional<String> stopped() {
        Bundle bundle = installed;
        return bundle == null ? Optional.empty() : Lives.stopped(bundle);
    }

    private static Agent named(ServiceTracker<Agent, Agent> tracker, String name) throws Unfit {
        List<String> names = new ArrayList<>();
        for (Map.Entry<ServiceReference<Agent>, Agent> each :
                tracker.getTracked().entrySet()) {
            String its = String.valueOf(each.getKey().getProperty("king.agent.name"));
            if (name.isEmpty() || name.equals(its)) {
                return each.getValue();
            }
            names.add(its);
        }
        throw new Unfit("no agent is called " + name + ", only " + names);
    }
}
