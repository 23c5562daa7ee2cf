/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens Karaf's SSH daemon for as long as the configuration {@code ai.king.door.login.shell} exists and the process that it
 * names lives. The daemon is installed at a start level that the framework never reaches; {@code ./king shell} writes the
 * configuration and takes it away again.
 */
@Component(
        service = SecureShell.class,
        immediate = true,
        configurationPid = "ai.king.door.login.shell",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SecureShell {

    /** Who has it opened. */
    public @interface Config {
        /** The process that uses the shell: without it the shell is closed, however it ended. 0 is nobody's. */
        long process() default 0;
    }

    private static final String DAEMON = "org.apache.karaf.shell.ssh";
    private static final Logger LOG = LoggerFactory.getLogger(SecureShell.class);

    private final Bundle daemon;
    private final AtomicBoolean open = new AtomicBoolean();
    private final Future<?> orphaned;

    @Activate
    public SecureShell(Config config, BundleContext context) throws BundleException {
        daemon = Arrays.stream(context.getBundles())
                .filter(bundle -> DAEMON.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(DAEMON + " is not installed"));
        // Not marked to start by itself before its level is one at which it could.
        daemon.stop();
        daemon.adapt(BundleStartLevel.class)
                .setStartLevel(context.getBundle().adapt(BundleStartLevel.class).getStartLevel());
        daemon.start(Bundle.START_TRANSIENT);
        open.set(true);
        LOG.info("the SSH shell is open on this machine");
        orphaned = config.process() == 0
                ? new CompletableFuture<>()
                : ProcessHandle.of(config.process())
                        .map(process -> process.onExit().thenRun(this::close))
                        .orElseGet(() -> CompletableFuture.runAsync(this::close, Runnable::run));
    }

    @Deactivate
    void deactivate() {
        orphaned.cancel(false);
        close();
    }

    private void close() {
        if (open.compareAndSet(true, false)) {
            try {
                daemon.stop(Bundle.STOP_TRANSIENT);
                LOG.info("the SSH shell is closed");
            } catch (BundleException e) {
                LOG.warn("the SSH shell does not close", e);
            }
        }
    }
}
