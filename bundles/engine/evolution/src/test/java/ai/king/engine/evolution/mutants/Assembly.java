/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes a bundle and the jar of its tests of source, as a person's build does. */
final class Assembly {

    private static final Pattern LIBRARIES = Pattern.compile(
            ".*(ai\\.king\\.(api|platform|kit)|osgi|jspecify|junit|assertj|opentest4j|apiguardian).*\\.jar"
                    + "|.*/(api|platform|kit)/target/classes");
    private static final List<String> PATH = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> LIBRARIES.matcher(entry).matches())
            .toList();

    private Assembly() {}

    /** What came of it. */
    record Made(byte[] bundle, Optional<byte[]> tests) {}

    /** Throws {@link IllegalArgumentException} for what does not compile. */
    static Made make(Mutant.Bundle plan, String version) {
        try {
            Path work = Files.createTempDirectory("mutant");
            Path main = compile(plan, "src/main/java/", work, List.of());
            byte[] bundle = bundle(plan, version, main);
            boolean tested = plan.files().keySet().stream().anyMatch(path -> path.startsWith("src/test/java/"));
            return new Made(
                    bundle,
                    tested
                            ? Optional.of(jar(new Jar(compile(plan, "src/test/java/", work, List.of(main))
                                    .toFile())))
                            : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("bnd declares no narrower exception", e);
        }
    }

    private static Path compile(Mutant.Bundle plan, String root, Path work, List<Path> more) throws IOException {
        Path classes = Files.createDirectories(work.resolve(root.replace('/', '-')));
        String path = Stream.concat(PATH.stream(), more.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments = new ArrayList<>(List.of(
                "--release", "17", "-proc:none", "-implicit:none", "-nowarn", "-d", classes.toString(), "-cp", path));
        for (Map.Entry<String, String> file : plan.files().entrySet()) {
            if (file.getKey().startsWith(root)) {
                Path source = work.resolve(file.getKey());
                Files.createDirectories(source.getParent());
                Files.writeString(source, file.getValue());
                arguments.add(source.toString());
            }
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalArgumentException(said.toString());
        }
        return classes;
    }

    private static byte[] bundle(Mutant.Bundle plan, String version, Path classes) throws Exception {
        Properties instructions = new Properties();
        instructions.setProperty("Bundle-SymbolicName", plan.symbolicName());
        instructions.setProperty("Bundle-Version", version);
        instructions.setProperty("-noimportjava", "true");
        instructions.setProperty("-noextraheaders", "true");
        instructions.setProperty("-reproducible", "true");
        instructions.setProperty("-includepackage", packages(classes));
        instructions.setProperty("Import-Package", "!org.jspecify.annotations,*");
        instructions.putAll(plan.headers());
        try (Builder builder = new Builder()) {
            builder.setProperties(instructions);
            builder.addClasspath(classes.toFile());
            for (String entry : PATH) {
                if (!entry.contains("junit") && !entry.contains("assertj") && !entry.contains("ai.king.kit")) {
                    builder.addClasspath(new File(entry));
                }
            }
            return jar(builder.build());
        }
    }

    private static String packages(Path classes) throws IOException {
        try (Stream<Path> all = Files.walk(classes)) {
            return all.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                    .distinct()
                    .collect(Collectors.joining(","));
        }
    }

    private static byte[] jar(Jar made) throws Exception {
        try (Jar jar = made;
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            jar.write(out);
            return out.toByteArray();
        }
    }
}
