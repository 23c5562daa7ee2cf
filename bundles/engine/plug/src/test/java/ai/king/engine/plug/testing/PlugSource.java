/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.plug.testing;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import ai.king.agent.Agent;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A plug made from source text, built the way the build makes one. */
public final class PlugSource {

    private static final String AGENT =
            """
            package %1$s;
            import ai.king.agent.*;
            import java.util.Map;
            import org.osgi.service.component.annotations.*;
            import org.osgi.service.metatype.annotations.*;
            @Component(configurationPid = "%1$s", configurationPolicy = ConfigurationPolicy.REQUIRE)
            @Designate(ocd = EchoAgent.Config.class, factory = true)
            @AgentName("%2$s")
            @AgentProfile(description = "Answers", capabilities = "echo: says it again")
            public final class EchoAgent implements Agent {
                @ObjectClassDefinition(name = "Echo")
                public @interface Config {
                    @AttributeDefinition(description = "Text before the goal") String prefix() default "echo: ";
                    @AttributeDefinition(description = "How often") int times() default 1;
                }
                private final String prefix;
                @Activate public EchoAgent(Config config) { prefix = config.prefix(); }
                @Override public Outcome perform(Task task, AgentContext context) {
                    %3$s
                    return new Outcome.Done(Map.of("text", prefix + task.goal(), "version", "%4$s"), Report.none());
                }
            }
            """;

    private final String symbolicName;
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>();

    public PlugSource(String symbolicName, String version) {
        this.symbolicName = symbolicName;
        headers.put("Bundle-SymbolicName", symbolicName);
        headers.put("Bundle-Version", version);
    }

    /** An agent that answers the goal behind a configured prefix, and its version. */
    public static PlugSource echo(String symbolicName, String name, String version) {
        return echo(symbolicName, name, version, "");
    }

    /** The same with statements at the start of {@code perform}. */
    public static PlugSource echo(String symbolicName, String name, String version, String statements) {
        return new PlugSource(symbolicName, version)
                .source("EchoAgent", AGENT.formatted(symbolicName, name, statements, version));
    }

    public PlugSource source(String type, String text) {
        sources.put(type, text);
        return this;
    }

    public PlugSource header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Compiles and builds. */
    public byte[] jar() {
        try {
            Path work = Files.createTempDirectory("plug");
            Path classes = Files.createDirectories(work.resolve("classes"));
            compile(work, classes);
            try (Builder builder = new Builder()) {
                return build(builder, classes);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the plug cannot be built: " + e.getMessage(), e);
        }
    }

    private void compile(Path work, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve(symbolicName.replace('.', '/')).resolve(source.getKey() + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        if (compiler.run(null, errors, errors, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException(errors.toString());
        }
    }

    private byte[] build(Builder builder, Path classes) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("-noextraheaders", "true");
        properties.setProperty("-noimportjava", "true");
        properties.setProperty("-includepackage", symbolicName + ".*");
        properties.putAll(headers);
        builder.setProperties(properties);
        builder.addClasspath(classes.toFile());
        builder.addClasspath(new File(PlainFramework.location(Agent.class).toURI()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.contains("org.osgi.service.component.annotations") || entry.contains("metatype.annotations")) {
                builder.addClasspath(new File(entry));
            }
        }
        try (Jar jar = builder.build();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalStateException(builder.getErrors().toString());
            }
            jar.write(out);
            return out.toByteArray();
        }
    }
}
