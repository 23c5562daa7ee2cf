/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Karaf as a process of its own on a fresh data folder: our distribution, or the plain standard one. */
final class Karaf implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(10);

    /** Whether it is ready. */
    private interface Ready {
        boolean now() throws InterruptedException;
    }

    private final Process process;
    private final Path data;
    private final int port;
    private final long boot;

    private Karaf(Path home, Path data, Map<String, String> environment, int port, Ready ready)
            throws IOException, InterruptedException {
        this.data = data;
        this.port = port;
        ProcessBuilder builder =
                new ProcessBuilder("sh", home.resolve("bin/karaf").toString(), "daemon");
        builder.directory(data.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KARAF_DATA", data.toString());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(data.resolve("console.log").toFile());
        long start = System.nanoTime();
        process = builder.start();
        boot = await(ready, start);
    }

    /** Unpacks a distribution. */
    static Path unpack(Path archive, Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder(
                        "tar", "xzf", archive.toString(), "--strip-components=1", "-C", folder.toString())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException(archive + " cannot be unpacked");
        }
        return folder;
    }

    /** Ours, ready when it says so; on a data folder that is new or was used before. */
    static Karaf king(Path home, Path data, Map<String, String> environment) throws IOException, InterruptedException {
        int port = freePort();
        Map<String, String> all = new java.util.HashMap<>(Map.of(
                "KING_PORT", Integer.toString(port),
                "KING_SSH_PORT", Integer.toString(freePort()),
                "KING_ADMIN_PASSWORD", Client.PASSWORD));
        all.putAll(environment);
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return new Karaf(home, data, all, port, () -> {
            try {
                return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** The plain standard distribution, ready when its SSH port is open. */
    static Karaf plain(Path home, Path data) throws IOException, InterruptedException {
        int ssh = freePort();
        set(home.resolve("etc/org.apache.karaf.shell.cfg"), "sshPort", ssh);
        set(home.resolve("etc/org.apache.karaf.management.cfg"), "rmiRegistryPort", freePort());
        set(home.resolve("etc/org.apache.karaf.management.cfg"), "rmiServerPort", freePort());
        return new Karaf(home, data, Map.of(), ssh, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", ssh), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void set(Path file, String key, int value) throws IOException {
        String text = Files.readString(file).replaceAll("(?m)^" + key + "\\s*=.*$", key + " = " + value);
        Files.writeString(file, text);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private long await(Ready ready, long start) throws IOException, InterruptedException {
        while (System.nanoTime() - start < PATIENCE.toNanos() && process.isAlive()) {
            if (ready.now()) {
                return System.nanoTime() - start;
            }
            LockSupport.parkNanos(LOOK);
        }
        close();
        throw new IOException("not ready; see " + data);
    }

    /** From the start of the process to ready, in nanoseconds. */
    long boot() {
        return boot;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Resident bytes now ({@code VmRSS}) or at most so far ({@code VmHWM}). */
    long memory(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + field + " of " + pid()));
    }

    /** What a node calls itself. */
    String nodeId() throws IOException {
        return Files.readString(data.resolve("node-id")).strip();
    }

    /** Ends it as a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** CPU time so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
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
