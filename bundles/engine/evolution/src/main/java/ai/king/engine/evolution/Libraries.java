/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.jar.PlugJar;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.felix.utils.manifest.Clause;
import org.apache.felix.utils.manifest.Parser;
import org.apache.felix.utils.version.VersionRange;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The bundles of this platform that a plug would be wired to, as jars for a place that has none: its libraries and theirs.
 * What Java and the API give is there already.
 */
final class Libraries {

    private final BundleContext context;
    private final Path folder;

    /** @param context of a bundle whose storage keeps the jars until the platform ends */
    Libraries(BundleContext context) {
        this.context = context;
        this.folder = context.getDataFile("libraries").toPath();
    }

    /** In the order of what imports what; empty for a plug that embeds all it needs. */
    List<Path> of(PlugJar jar) throws IOException {
        Set<Bundle> found = new LinkedHashSet<>();
        Clause[] imports = Parser.parseHeader(jar.headers().get(Constants.IMPORT_PACKAGE));
        for (Clause clause : imports == null ? new Clause[0] : imports) {
            if (elsewhere(clause.getName())) {
                exporter(clause).ifPresent(bundle -> add(bundle, found));
            }
        }
        List<Path> files = new ArrayList<>();
        for (Bundle bundle : found) {
            files.add(file(bundle));
        }
        return files;
    }

    private static boolean elsewhere(String name) {
        return !name.startsWith("ai.king.") && !name.startsWith("java.") && !name.startsWith("org.slf4j");
    }

    /** Whoever exports the highest version that fits; empty when that is Java itself, or nobody. */
    private Optional<Bundle> exporter(Clause clause) {
        String range = clause.getAttribute(Constants.VERSION_ATTRIBUTE);
        VersionRange wanted = range == null ? VersionRange.ANY_VERSION : VersionRange.parseVersionRange(range);
        return Arrays.stream(context.getBundles())
                .map(bundle -> bundle.adapt(BundleWiring.class))
                .filter(wiring -> wiring != null)
                .flatMap(wiring -> wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .filter(offer -> clause.getName().equals(offer.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
                        && wanted.contains(version(offer)))
                .max(Comparator.comparing(Libraries::version))
                .map(offer -> offer.getRevision().getBundle())
                .filter(bundle -> bundle.getBundleId() != 0);
    }

    private static Version version(BundleCapability offer) {
        return offer.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE) instanceof Version version
                ? version
                : Version.emptyVersion;
    }

    private static void add(Bundle bundle, Set<Bundle> found) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null || !found.add(bundle)) {
            return;
        }
        for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            Bundle provider = wire.getProvider().getBundle();
            String name = String.valueOf(wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
            if (provider.getBundleId() != 0 && elsewhere(name)) {
                add(provider, found);
            }
        }
    }

    /** The bundle's entries as a jar again; made once. */
    private synchronized Path file(Bundle bundle) throws IOException {
        Path file = folder.resolve(bundle.getBundleId() + "-" + bundle.getLastModified() + ".jar");
        if (Files.exists(file)) {
            return file;
        }
        Path part = Files.createDirectories(folder).resolve(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            write(zip, "META-INF/MANIFEST.MF", bundle.getEntry("META-INF/MANIFEST.MF"));
            Enumeration<URL> entries = bundle.findEntries("/", "*", true);
            for (URL entry : entries == null ? List.<URL>of() : Collections.list(entries)) {
                String name = entry.getPath().substring(1);
                if (!name.endsWith("/") && !name.equals("META-INF/MANIFEST.MF")) {
                    write(zip, name, entry);
                }
            }
        }
        return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(ZipOutputStream zip, String name, URL entry) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        try (InputStream in = entry.openStream()) {
            in.transferTo(zip);
        }
        zip.closeEntry();
    }
}
