/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Agent;
import ai.king.kit.Configs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A project as the compiler makes it: against the API and the kit, with nothing to complain about. */
record Compiled(Project project, Path classes) {

    static Compiled of(Project project, Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-proc:none",
                "-Xlint:all,-processing,-classfile",
                "-Werror",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.resolve("classes").toString()));
        for (Map.Entry<String, String> file : project.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(".java")) {
                arguments.add(path.toString());
            }
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
        return new Compiled(project, folder.resolve("classes"));
    }

    private ClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Compiled.class.getClassLoader());
    }

    private String type() {
        String path = project.agent().orElseThrow().getKey();
        return path.replaceFirst("^src/main/java/", "").replace(".java", "").replace('/', '.');
    }

    /** The agent with its default configuration. */
    Agent agent() throws Exception {
        ClassLoader loader = loader();
        Class<?> config = loader.loadClass(type() + "$Config");
        Constructor<?> constructor = loader.loadClass(type()).getConstructors()[0];
        return (Agent) constructor.newInstance(Configs.defaults(config));
    }

    /** Runs every test of its test class and of the contract; gives their names. */
    List<String> runTests() throws Exception {
        List<String> ran = new ArrayList<>();
        ClassLoader loader = loader();
        for (String suffix : List.of("ContractTest", "Test")) {
            if (!Files.exists(classes.resolve(type().replace('.', '/') + suffix + ".class"))) {
                continue;
            }
            Class<?> test = loader.loadClass(type() + suffix);
            for (Class<?> from = test; from != Object.class; from = from.getSuperclass()) {
                for (Method method : from.getDeclaredMethods()) {
                    if (method.isAnnotationPresent(Test.class)) {
                        Constructor<?> made = test.getDeclaredConstructor();
                        made.setAccessible(true);
                        method.setAccessible(true);
                        method.invoke(made.newInstance());
                        ran.add(method.getName());
                    }
                }
            }
        }
        return ran;
    }
}
