/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A plug's jar with another version, and with changed text in its component descriptions: what a developer's next build gives. */
final class Restamped {

    private Restamped() {}

    static byte[] of(Path jar, String version, UnaryOperator<String> components) throws IOException {
        try (InputStream file = Files.newInputStream(jar);
                JarInputStream in = new JarInputStream(file)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    byte[] content = in.readAllBytes();
                    boolean description = entry.getName().matches("OSGI-INF/[^/]+\\.xml");
                    out.write(
                            description
                                    ? components
                                            .apply(new String(content, StandardCharsets.UTF_8))
                                            .getBytes(StandardCharsets.UTF_8)
                                    : content);
                    out.closeEntry();
                }
            }
            return bytes.toByteArray();
        }
    }

    static Manifest manifest(Path jar) throws IOException {
        try (InputStream file = Files.newInputStream(jar);
                JarInputStream in = new JarInputStream(file)) {
            return in.getManifest();
        }
    }
}
