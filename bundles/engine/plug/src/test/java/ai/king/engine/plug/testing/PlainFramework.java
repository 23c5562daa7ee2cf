/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug.testing;

import ai.king.agent.Agent;
import ai.king.plug.Plugs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A Felix framework with SCR and Configuration Admin. The contracts of {@code api} and {@code platform} are exported by
 * the system bundle, so that a test shares their types; engines and plugs are real bundles.
 */
public final class PlainFramework implements AutoCloseable {

    private static final long WAIT_MILLIS = 10_000;

    private final Framework framework;

    public PlainFramework(Path storage) {
        this(storage, Map.of());
    }

    /** @param more framework properties; bundles see them before system properties */
    public PlainFramework(Path storage, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                exports(Agent.class) + "," + exports(Plugs.class)
                        + ",org.slf4j;version=1.7.36,org.osgi.service.cm;version=1.6.1"
                        // Of the class path, in whatever version it is there.
                        + ",com.fasterxml.jackson.core;version=2.99,com.fasterxml.jackson.databind;version=2.99");
        settings.put(
                Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA,
                "osgi.implementation;osgi.implementation=king.agent;version:Version=1.0.0,"
                        + "osgi.implementation;osgi.implementation=king.tool;version:Version=1.0.0,"
                        + "osgi.implementation;osgi.implementation=king.inference;version:Version=1.0.0");
        framework = new FrameworkFactory().newFramework(settings);
        try {
            framework.start();
            for (Class<?> type : new Class<?>[] {Function.class, Promise.class, ServiceComponentRuntime.class}) {
                install(type);
            }
            install(org.apache.felix.cm.PersistenceManager.class).start();
            install(org.apache.felix.scr.info.ScrInfo.class).start();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs the bundle that a class of the test's class path came from. */
    public Bundle install(Class<?> type) throws BundleException {
        return context().installBundle("reference:" + location(type));
    }

    /** Installs and starts the bundle under test: this module's own classes. */
    public Bundle startOwn() throws BundleException {
        Bundle own =
                context().installBundle("reference:" + Path.of("target/classes").toUri());
        own.start();
        return own;
    }

    public ConfigurationAdmin configurations() {
        return service(ConfigurationAdmin.class);
    }

    /** Waits for a service. */
    public <T> T service(Class<T> type) {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context(), type, null);
        tracker.open();
        try {
            if (tracker.waitForService(WAIT_MILLIS) == null) {
                throw new AssertionError("no service " + type.getName());
            }
            // Taken once more and never given back: the tracker gives back its own when it closes.
            return context().getService(tracker.getServiceReference());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            tracker.close();
        }
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(WAIT_MILLIS);
        } catch (BundleException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** The packages that the bundle of a class exports, as its manifest says. */
    static String exports(Class<?> type) {
        return manifest(type).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
    }

    private static Manifest manifest(Class<?> type) {
        try {
            Path path = Path.of(location(type).toURI());
            if (Files.isDirectory(path)) {
                try (InputStream in = Files.newInputStream(path.resolve(JarFile.MANIFEST_NAME))) {
                    return new Manifest(in);
                }
            }
            try (JarFile jar = new JarFile(path.toFile())) {
                return jar.getManifest();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
