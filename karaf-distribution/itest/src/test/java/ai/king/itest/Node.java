/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The real distribution as a process of its own, on a fresh data folder and a free port: as an operator runs it. */
final class Node implements AutoCloseable {

    static final String PASSWORD = "first-Password-1";

    private static final Path FOLDER = Path.of("target", "nodes").toAbsolutePath();
    private static Path unpacked;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Path data;
    private final int port;
    private final Process process;

    private Node(Path data, int port, Process process) {
        this.data = data;
        this.port = port;
        this.process = process;
    }

    /** Starts a node with the given environment beside the usual one, and waits until it is ready. */
    static Node start(Map<String, String> environment) {
        try {
            return start(freshData(), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new data folder, into whose {@code etc} the configuration of the site goes. */
    static Path freshData() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(FOLDER), "data");
    }

    /** The same on a data folder that exists. */
    static Node start(Path data, Map<String, String> environment) {
        try {
            int port = freePort();
            Map<String, String> variables = new HashMap<>(Map.of(
                    "KING_PORT", Integer.toString(port),
                    "KING_SSH_PORT", Integer.toString(freePort()),
                    "KING_ADMIN_PASSWORD", PASSWORD));
            variables.putAll(environment);
            Node node = new Node(data, port, process(data, variables));
            node.awaitReady();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a node says that must not start with this environment, and ends with 1. */
    static String refused(Map<String, String> environment) {
        try {
            Path data = freshData();
            Process process = process(data, environment);
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
                assertThat(process.exitValue()).isEqualTo(1);
                return Files.readString(data.resolve("console.log"));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process process(Path data, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home().resolve("bin/karaf").toString(), "daemon");
        builder.directory(data.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KARAF_DATA", data.toString());
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(data.resolve("console.log").toFile())
                .start();
    }

    /** The unpacked distribution; unpacked once a JVM. */
    static synchronized Path home() throws IOException {
        if (unpacked == null) {
            Path archive = Path.of(System.getProperty("king.distribution"));
            Path folder = FOLDER.resolve("home");
            run(Files.createDirectories(FOLDER), "rm", "-rf", folder.toString());
            Files.createDirectories(folder);
            run(folder, "tar", "xzf", archive.toString(), "--strip-components=1");
            unpacked = folder;
        }
        return unpacked;
    }

    private static void run(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (get("/api/v1/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not listening yet.
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        String log = Files.exists(log()) ? Files.readString(log()) : "";
        close();
        throw new IllegalStateException(
                "not ready; the end of its log:\n" + log.substring(Math.max(0, log.length() - 8000)));
    }

    /** A request without credentials. */
    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** A request as a user. */
    HttpResponse<String> get(String path, String user, String password) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", basic(user, password))
                .GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes());
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    Path data() {
        return data;
    }

    Path log() {
        return data.resolve("log/karaf.log");
    }

    /** As a power cut would end it. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As an operator ends it. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
