/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/**
 * An agent nobody has seen before, compiled and packed here: what a developer outside this repository ships. It repeats its task,
 * or what the tool says that its input names.
 */
final class NewAgent {

    private static final String SOURCE =
            """
            package acme.parrot;

            import ai.king.agent.Agent;
            import ai.king.agent.AgentContext;
            import ai.king.agent.Outcome;
            import ai.king.agent.Report;
            import ai.king.agent.Task;
            import java.util.Map;

            public final class Parrot implements Agent {
                @Override
                @SuppressWarnings("unchecked")
                public Outcome perform(Task task, AgentContext context) {
                    Object tool = task.input().get("tool");
                    String heard = tool == null
                            ? task.goal()
                            : context.call(tool.toString(), (Map<String, Object>) task.input().get("arguments")).toString();
                    return new Outcome.Done(Map.of("text", "parrot: " + heard), Report.none());
                }
            }
            """;

    private static final String COMPONENT =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="acme.parrot" configuration-policy="require"
                configuration-pid="acme.parrot">
              <property name="king.agent.name" type="String" value="parrot"/>
              <property name="king.agent.description" type="String" value="Repeats"/>
              <property name="king.agent.capabilities" type="String">repeat: repeats the goal
              </property>
              <property name="king.agent.risk" type="String" value="LOW"/>
              <service><provide interface="ai.king.agent.Agent"/></service>
              <implementation class="acme.parrot.Parrot"/>
            </scr:component>
            """;

    private static final String METATYPE =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="acme.parrot" name="Parrot"/>
              <Designate factoryPid="acme.parrot"><Object ocdref="acme.parrot"/></Designate>
            </metatype:MetaData>
            """;

    private NewAgent() {}

    static byte[] jar(String version) throws IOException {
        Path folder = Files.createTempDirectory("new-agent");
        Path source = Files.createDirectories(folder.resolve("acme/parrot")).resolve("Parrot.java");
        Files.writeString(source, SOURCE);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        if (status != 0) {
            throw new IOException("the agent does not compile");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest(version))) {
            add(out, "OSGI-INF/acme.parrot.xml", COMPONENT.getBytes(StandardCharsets.UTF_8));
            add(out, "OSGI-INF/metatype/acme.parrot.xml", METATYPE.getBytes(StandardCharsets.UTF_8));
            add(out, "acme/parrot/Parrot.class", Files.readAllBytes(source.resolveSibling("Parrot.class")));
        }
        return bytes.toByteArray();
    }

    private static Manifest manifest(String version) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "acme.parrot",
                        "Bundle-Version", version,
                        "Import-Package", "ai.king.agent;version=\"[1.0,2)\",ai.king.tool;version=\"[1.0,2)\"",
                        "Service-Component", "OSGI-INF/acme.parrot.xml",
                        "Require-Capability",
                                "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.5.0)(!(version>=2.0.0)))\","
                                        + "osgi.implementation;filter:=\"(&(osgi.implementation=king.agent)(version>=1.0.0)(!(version>=2.0.0)))\"")
                .forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        return manifest;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
