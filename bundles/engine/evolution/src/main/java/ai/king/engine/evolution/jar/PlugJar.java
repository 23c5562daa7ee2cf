/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.osgi.framework.Version;

/**
 * What a bundle says about itself, read without running any of it.
 *
 * @param headers main attributes of the manifest
 * @param components its declarative services
 * @param options the options of each PID
 */
public record PlugJar(
        String symbolicName,
        Version version,
        Map<String, String> headers,
        List<Component> components,
        Map<String, List<Option>> options) {

    private static final int LARGEST_DESCRIPTION = 256 * 1024;

    /** Reads a jar; {@link NotABundle} says what is wrong with it. */
    public static PlugJar read(Path jar) throws NotABundle {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Map<String, String> headers = headers(zip);
            String name = symbolicName(headers);
            Version version = Version.parseVersion(headers.get("Bundle-Version"));
            Map<String, List<Option>> options = new HashMap<>();
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                if (entry.getName().startsWith("OSGI-INF/metatype/")
                        && entry.getName().endsWith(".xml")) {
                    options.putAll(MetatypeXml.read(bytes(zip, entry)));
                }
            }
            return new PlugJar(name, version, headers, components(zip, headers), options);
        } catch (IOException | XMLStreamException | IllegalArgumentException e) {
            throw new NotABundle("not a bundle: " + e.getMessage(), e);
        }
    }

    /** The plug that a configuration of this PID makes. */
    public Optional<Component> component(String pid) {
        return components.stream()
                .filter(component ->
                        component.pid().equals(pid) && component.family().isPresent())
                .findFirst();
    }

    /** The components that are plugs. */
    public List<Component> plugs() {
        return components.stream()
                .filter(component -> component.family().isPresent())
                .toList();
    }

    private static Map<String, String> headers(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            throw new IOException("it has no " + JarFile.MANIFEST_NAME);
        }
        Attributes main;
        try (InputStream in = zip.getInputStream(entry)) {
            main = new Manifest(in).getMainAttributes();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        main.forEach((key, value) -> headers.put(key.toString(), value.toString()));
        return headers;
    }

    private static String symbolicName(Map<String, String> headers) throws IOException {
        String header = headers.get("Bundle-SymbolicName");
        if (header == null || header.isBlank()) {
            throw new IOException("its manifest has no Bundle-SymbolicName");
        }
        return header.split(";", 2)[0].trim();
    }

    private static List<Component> components(ZipFile zip, Map<String, String> headers)
            throws IOException, XMLStreamException {
        List<Component> components = new ArrayList<>();
        for (String path : headers.getOrDefault("Service-Component", "").split(",")) {
            ZipEntry entry = path.isBlank() ? null : zip.getEntry(path.trim());
            if (entry != null) {
                components.addAll(ComponentXml.read(bytes(zip, entry)));
            }
        }
        return List.copyOf(components);
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_DESCRIPTION + 1);
            if (bytes.length > LARGEST_DESCRIPTION) {
                throw new IOException(entry.getName() + " is larger than " + LARGEST_DESCRIPTION + " bytes");
            }
            return bytes;
        }
    }

    /** Why the file is not taken for a bundle. */
    public static final class NotABundle extends Exception {
        private static final long serialVersionUID = 1;

        NotABundle(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
