/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import java.util.Arrays;
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
 * Opens Karaf's SSH daemon for as long as the configuration {@code ai.king.door.login.shell} exists. The daemon is
 * installed at a start level that the framework never reaches; {@code ./king shell} writes the configuration and takes it
 * away again.
 */
@Component(
        service = SecureShell.class,
        immediate = true,
        configurationPid = "ai.king.door.login.shell",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SecureShell {

    private static final String DAEMON = "org.apache.karaf.shell.ssh";
    private static final Logger LOG = LoggerFactory.getLogger(SecureShell.class);

    private final Bundle daemon;

    @Activate
    public SecureShell(BundleContext context) throws BundleException {
        daemon = Arrays.stream(context.getBundles())
                .filter(bundle -> DAEMON.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(DAEMON + " is not installed"));
        // Not marked to start by itself before its level is one at which it could.
        daemon.stop();
        daemon.adapt(BundleStartLevel.class)
                .setStartLevel(context.getBundle().adapt(BundleStartLevel.class).getStartLevel());
        daemon.start(Bundle.START_TRANSIENT);
        LOG.info("the SSH shell is open on this machine");
    }

    @Deactivate
    void close() throws BundleException {
        daemon.stop(Bundle.STOP_TRANSIENT);
        LOG.info("the SSH shell is closed");
    }
}
