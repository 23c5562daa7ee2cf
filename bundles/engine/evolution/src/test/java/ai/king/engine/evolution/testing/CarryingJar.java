/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.engine.evolution.check.Candidate;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.plug.testing.PlugSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A plug's jar with libraries inlined, as people ship them. */
public final class CarryingJar {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private CarryingJar() {}

    public static CarryingJar of(PlugSource plug) throws IOException {
        CarryingJar jar = new CarryingJar();
        jar.unpack(new ByteArrayInputStream(plug.jar()), "");
        return jar;
    }

    /** Inlines the real library that a class of the tests' class path comes from: its classes, descriptors and licence texts. */
    public CarryingJar library(Class<?> anyOfIt) throws IOException {
        try (InputStream in =
                anyOfIt.getProtectionDomain().getCodeSource().getLocation().openStream()) {
            unpack(in, "META-INF/MANIFEST.MF");
        }
        return this;
    }

    /** Says that a library is there, as its build would. */
    public CarryingJar descriptor(String group, String artifact, String version, String licences) {
        String folder = "META-INF/maven/" + group + "/" + artifact + "/";
        return entry(
                        folder + "pom.properties",
                        "groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n")
                .entry(folder + "pom.xml", "<project><licenses>" + licences + "</licenses></project>");
    }

    public CarryingJar entry(String path, String text) {
        entries.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public CarryingJar without(String start) {
        entries.keySet().removeIf(path -> path.startsWith(start));
        return this;
    }

    public Candidate candidate(Path folder) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Path file = Files.write(folder.resolve("carrying.jar"), out.toByteArray());
        return new Candidate(file, PlugJar.read(file), false, Set.of(), List.of());
    }

    private void unpack(InputStream in, String but) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && !entry.getName().equals(but)) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
    }
}
