/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What the framework of this node holds. */
final class InstalledBundles implements Installation {

    private final BundleContext context;

    InstalledBundles(BundleContext context) {
        this.context = context;
    }

    @Override
    public String version() {
        return context.getBundle().getVersion().toString();
    }

    @Override
    public Duration uptime() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    @Override
    public long freeBytes() {
        String data = context.getProperty("karaf.data");
        return new File(data == null ? "." : data).getUsableSpace();
    }

    @Override
    public List<Installed> bundles() {
        return Arrays.stream(context.getBundles())
                .map(bundle -> new Installed(
                        bundle.getBundleId(),
                        String.valueOf(bundle.getSymbolicName()),
                        bundle.getVersion().toString(),
                        state(bundle.getState()),
                        bundle.getLocation()))
                .toList();
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.INSTALLED -> "INSTALLED";
            default -> "UNINSTALLED";
        };
    }
}
