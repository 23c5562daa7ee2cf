/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The folder of this warden: the agent host with its libraries, the launcher built from source, the system-call
 * filter, and the folders of the cells. Other users may pass through it but see only what a jail needs.
 */
final class Toolroom {

    private static final String PREFIX = "king-jail-";
    private static final long COMPILE_SECONDS = 60;
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;
    private final Optional<Path> filter;
    private final Optional<Path> launcher;

    private Toolroom(Path root, Optional<Path> filter, Optional<Path> launcher) {
        this.root = root;
        this.filter = filter;
        this.launcher = launcher;
    }

    /** Makes the folder below {@code parent} and fills it; what dead wardens left there is removed. */
    static Toolroom open(Path parent) throws IOException {
        sweep(parent);
        Path root = Files.createTempDirectory(
                parent, PREFIX + ProcessHandle.current().pid() + "-");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(
                Files.createDirectory(root.resolve("cells")), PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectory(root.resolve("kept"), OWNER_ONLY);
        unpackHost(root.resolve("home"));
        Optional<Path> filter = writeFilter(root.resolve("filter"));
        return new Toolroom(root, filter, filter.isPresent() ? compile(root) : Optional.empty());
    }

    private static void sweep(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            for (Path left : entries.filter(entry -> deserted(entry)).toList()) {
                Folders.delete(left);
            }
        }
    }

    private static boolean deserted(Path entry) {
        String[] parts = entry.getFileName().toString().split("-");
        return entry.getFileName().toString().startsWith(PREFIX)
                && parts.length == 4
                && parts[2].matches("\\d{1,10}")
                && ProcessHandle.of(Long.parseLong(parts[2])).isEmpty()
                && Files.isWritable(entry);
    }

    private static void unpackHost(Path home) throws IOException {
        readable(Files.createDirectory(home));
        readable(Files.createDirectory(home.resolve("lib")));
        readable(Files.createDirectory(home.resolve("bundles")));
        readable(Files.createDirectory(home.resolve("build")));
        Path host = home.resolve("lib/host.jar");
        try (InputStream in = resource("host.jar")) {
            Files.copy(in, host);
        }
        readable(host);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(host))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().matches("(lib|bundles|build)/[\\w.-]+\\.jar")) {
                    Path file = home.resolve(entry.getName());
                    Files.copy(zip, file);
                    readable(file);
                }
            }
        }
    }

    static void readable(Path path) throws IOException {
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static Optional<Path> writeFilter(Path file) throws IOException {
        try (BufferedReader list =
                new BufferedReader(new InputStreamReader(resource("syscalls.txt"), StandardCharsets.UTF_8))) {
            Optional<byte[]> bytes = SyscallFilter.bytes(list, System.getProperty("os.arch"));
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            Files.write(file, bytes.get(), StandardOpenOption.CREATE_NEW);
            readable(file);
            return Optional.of(file);
        }
    }

    /** Empty where there is no compiler, or it fails. */
    private static Optional<Path> compile(Path root) throws IOException {
        Path source = root.resolve("king-jail.c");
        try (InputStream in = resource("king-jail.c")) {
            Files.copy(in, source);
        }
        Path program = root.resolve("king-jail");
        for (String compiler : List.of("cc", "gcc", "clang")) {
            Optional<Path> found = Programs.find(compiler);
            if (found.isPresent() && compiled(found.get(), source, program)) {
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    private static boolean compiled(Path compiler, Path source, Path program) throws IOException {
        Process process = new ProcessBuilder(
                        compiler.toString(), "-std=gnu11", "-O2", "-o", program.toString(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                Toolroom.class.getResourceAsStream("/jail/" + name), () -> "jail/" + name + " is not in the bundle");
    }

    Path cells() {
        return root.resolve("cells");
    }

    /** Where the bundles of housed agents are kept; for the platform only. */
    Path kept() {
        return root.resolve("kept");
    }

    Path home() {
        return root.resolve("home");
    }

    /** The system-call filter; empty on a machine whose numbers are not in the list. */
    Optional<Path> filter() {
        return filter;
    }

    /** The launcher; empty where it cannot be built. */
    Optional<Path> launcher() {
        return launcher;
    }

    /**
     * The host's class path.
     *
     * @param folders of libraries: {@code lib}, and {@code build} for a program that builds
     */
    String classPath(List<String> folders) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> libraries = Files.list(home().resolve(folder))) {
                libraries.map(Path::toString).sorted().forEach(jars::add);
            }
        }
        return String.join(":", jars);
    }

    void close() throws IOException {
        Folders.delete(root);
    }
}
