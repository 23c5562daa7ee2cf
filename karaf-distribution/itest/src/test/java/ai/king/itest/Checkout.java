/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The repository as a new user has it after the build: the sources, the script, the distribution where the build leaves it,
 * and a data folder of its own. What Maven is asked for comes from this build's repository, without a network.
 */
final class Checkout {

    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", ".git", ".king");

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Checkout(Path folder) {
        this.folder = folder;
        environment.put("KING_DATA", folder.resolve(".king/data").toString());
    }

    /** How a command ended, with everything it said. */
    record Said(int status, String text) {}

    static Checkout fresh() throws IOException {
        Path sources = Path.of(System.getProperty("king.home")).toRealPath();
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "nodes")), "checkout")
                .toRealPath();
        Files.walkFileTree(sources, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (NOT_SOURCES.contains(String.valueOf(from.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(folder.resolve(sources.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, folder.resolve(sources.relativize(from)));
                return FileVisitResult.CONTINUE;
            }
        });
        Files.writeString(
                folder.resolve(".mvn/maven.config"),
                "--offline\n-Dmaven.repo.local=" + System.getProperty("king.maven.repository") + "\n");
        Path built = Files.createDirectories(folder.resolve("karaf-distribution/assembly/target"));
        Files.createSymbolicLink(built.resolve("assembly"), Node.home());
        Checkout checkout = new Checkout(folder);
        checkout.command(
                "node",
                "--input-type=module",
                "-e",
                "const { sourceHash, stamped } = await import('"
                        + folder.resolve("cnf/king/build.mjs").toUri() + "'); stamped(sourceHash());");
        return checkout;
    }

    /** Whether a program that a user of this machine would call is there. */
    static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(found -> Files.isExecutable(Path.of(found, program)));
    }

    /** What a walk that went well leaves behind is of no use to anybody; the distribution is only linked. */
    void remove() {
        command("rm", "-rf", folder.toString());
    }

    Path folder() {
        return folder;
    }

    Path data() {
        return Path.of(environment.get("KING_DATA"));
    }

    /** A variable of the environment for all that follows. */
    Checkout with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A line as it is typed into a shell in the checkout. */
    Said type(String line) {
        return command("sh", "-c", line);
    }

    private Said command(String... words) {
        try {
            Path out = Files.createTempFile("said", ".log");
            Process process = started(out, words);
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(Arrays.toString(words) + " does not end: " + Files.readString(out));
            }
            String text = Files.readString(out);
            Files.delete(out);
            return new Said(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A command that stays up; what it says goes to the file. */
    Process started(Path out, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(words)).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KING_") || name.startsWith("MAVEN_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .start();
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
