/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes jars of test classes: bundles with one component, and the tests that come along. */
final class Candidate {

    private Candidate() {}

    /** A bundle whose one component is the class; classes nested in it come along. */
    static Path bundle(Path folder, Class<?> agent, Map<String, byte[]> more) throws IOException {
        Manifest manifest = manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "test." + agent.getSimpleName().toLowerCase());
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Import-Package", "ai.king.agent;version=\"[1.0,2)\",ai.king.tool;version=\"[1.0,2)\"");
        main.putValue("Service-Component", "OSGI-INF/agent.xml");
        Map<String, byte[]> entries = new LinkedHashMap<>(more);
        entries.put("OSGI-INF/agent.xml", description(agent).getBytes(StandardCharsets.UTF_8));
        addClasses(entries, List.of(agent));
        return write(folder.resolve(agent.getSimpleName() + ".jar"), manifest, entries);
    }

    /** A plain jar of test classes. */
    static Path tests(Path folder, Class<?>... tests) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        addClasses(entries, List.of(tests));
        return write(folder.resolve("tests.jar"), manifest(), entries);
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return manifest;
    }

    private static String description(Class<?> agent) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s" activate="activate"
                    configuration-policy="require" configuration-pid="test.agent">
                  <property name="king.agent.name" value="test"/>
                  <service><provide interface="ai.king.agent.Agent"/></service>
                  <implementation class="%1$s"/>
                </scr:component>
                """
                .formatted(agent.getName());
    }

    private static void addClasses(Map<String, byte[]> entries, List<Class<?>> classes) throws IOException {
        for (Class<?> each : classes) {
            String name = each.getName().replace('.', '/') + ".class";
            try (InputStream in = Objects.requireNonNull(each.getClassLoader().getResourceAsStream(name))) {
                entries.put(name, in.readAllBytes());
            }
            addClasses(entries, List.of(each.getDeclaredClasses()));
        }
    }

    private static Path write(Path file, Manifest manifest, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return file;
    }
}
