/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import ai.king.jail.host.wire.Frame.Build;
import ai.king.jail.host.wire.Frame.Built;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes a bundle of source: compiled against the API alone, without processors, and put together by bnd from the annotations.
 * The instructions are these and no others; what comes along as {@code bnd.bnd} is for people's builds.
 */
final class Building {

    private static final int MOST_ERRORS = 20;
    private static final List<String> FOR_MAIN = List.of(
            "lib/ai.king.api.jar",
            "build/osgi-component-annotations.jar",
            "build/osgi-metatype-annotations.jar",
            "build/osgi-bundle-annotations.jar",
            "build/osgi-versioning-annotations.jar",
            "build/jspecify.jar");
    private static final List<String> FOR_TESTS = List.of(
            "lib/ai.king.kit.jar",
            "lib/junit-jupiter-api.jar",
            "lib/junit-jupiter-params.jar",
            "lib/junit-platform-commons.jar",
            "lib/opentest4j.jar",
            "lib/assertj-core.jar",
            "lib/osgi-converter.jar",
            "build/apiguardian.jar");

    private final Path home;
    private final Path work = Path.of("work").toAbsolutePath();

    /** @param home the folder with the libraries */
    Building(Path home) {
        this.home = home;
    }

    Built built(Build build) {
        List<String> errors = new ArrayList<>();
        try {
            Optional<Jar> main = main(build, errors);
            if (main.isPresent() && errors.isEmpty()) {
                try (Jar jar = main.get()) {
                    String bundle = encoded(jar);
                    Optional<String> tests = tests(build, errors);
                    if (errors.isEmpty()) {
                        return new Built(build.nonce(), Optional.of(bundle), tests, List.of());
                    }
                }
            }
        } catch (Exception e) {
            // bnd declares no narrower one.
            errors.add("it cannot be built: " + e);
        }
        return new Built(
                build.nonce(), Optional.empty(), Optional.empty(), errors.isEmpty() ? List.of("no class") : errors);
    }

    private Optional<Jar> main(Build build, List<String> errors) throws Exception {
        Path classes = Files.createDirectories(work.resolve("main"));
        write(build, "src/main/resources/", classes);
        if (!compiled(build, "src/main/java/", FOR_MAIN, List.of(), classes, errors)) {
            return Optional.empty();
        }
        Builder builder = new Builder();
        Properties instructions = new Properties();
        instructions.setProperty("Bundle-SymbolicName", build.symbolicName());
        instructions.setProperty("Bundle-Version", build.version());
        instructions.setProperty("-noimportjava", "true");
        instructions.setProperty("-noextraheaders", "true");
        instructions.setProperty("-reproducible", "true");
        instructions.setProperty("-includepackage", build.symbolicName());
        instructions.setProperty("Import-Package", "!org.jspecify.annotations,*");
        builder.setProperties(instructions);
        builder.addClasspath(classes.toFile());
        for (String library : FOR_MAIN) {
            builder.addClasspath(home.resolve(library).toFile());
        }
        Jar jar = builder.build();
        errors.addAll(builder.getErrors());
        return Optional.of(jar);
    }

    private Optional<String> tests(Build build, List<String> errors) throws Exception {
        if (build.files().keySet().stream().noneMatch(path -> path.startsWith("src/test/java/"))) {
            return Optional.empty();
        }
        Path classes = Files.createDirectories(work.resolve("tests"));
        List<String> libraries =
                Stream.concat(FOR_MAIN.stream(), FOR_TESTS.stream()).toList();
        if (!compiled(build, "src/test/java/", libraries, List.of(work.resolve("main")), classes, errors)) {
            return Optional.empty();
        }
        try (Jar jar = new Jar(classes.toFile())) {
            return Optional.of(encoded(jar));
        }
    }

    private boolean compiled(
            Build build, String root, List<String> libraries, List<Path> before, Path classes, List<String> errors)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            errors.add("this Java has no compiler: the platform needs a JDK, not a JRE");
            return false;
        }
        Path source = Files.createDirectories(work.resolve(root));
        List<Path> files = write(build, root, source).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
        String path = Stream.concat(libraries.stream().map(home::resolve), before.stream())
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        StringWriter said = new StringWriter();
        boolean fine;
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(found, Locale.ENGLISH, null)) {
            fine = compiler.getTask(
                            said,
                            manager,
                            found,
                            List.of(
                                    "--release",
                                    "17",
                                    "-proc:none",
                                    "-implicit:none",
                                    "-cp",
                                    path,
                                    "-d",
                                    classes.toString()),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        if (!fine) {
            found.getDiagnostics().stream()
                    .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                    .limit(MOST_ERRORS)
                    .forEach(one -> errors.add(said(one, source)));
            if (errors.isEmpty()) {
                errors.add("the compiler refuses it: " + said);
            }
        }
        return fine;
    }

    private static String said(Diagnostic<? extends JavaFileObject> one, Path source) {
        String file = one.getSource() == null
                ? ""
                : source.relativize(Path.of(one.getSource().toUri())) + ":" + one.getLineNumber() + ": ";
        return file + one.getMessage(Locale.ENGLISH).replaceAll("\\s+", " ");
    }

    private static List<Path> write(Build build, String root, Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> file : build.files().entrySet()) {
            if (file.getKey().startsWith(root)) {
                Path path =
                        folder.resolve(file.getKey().substring(root.length())).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException(file.getKey() + " leads elsewhere");
                }
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                written.add(path);
            }
        }
        return written;
    }

    private static String encoded(Jar jar) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        jar.write(bytes);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
