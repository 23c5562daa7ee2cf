/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Portkey's gateway as a process of its own, from npm ({@code bench/peers/portkey}). */
final class Portkey implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final int port;

    Portkey(Setting setting) throws IOException {
        Path program =
                setting.home().resolve("bench/peers/portkey/node_modules/@portkey-ai/gateway/build/start-server.js");
        if (!Files.exists(program)) {
            throw new IOException("Portkey is not installed: npm ci in bench/peers/portkey");
        }
        port = Karaf.freePort();
        process = new ProcessBuilder("node", program.toString(), "--port=" + port, "--headless")
                .redirectErrorStream(true)
                .redirectOutput(setting.folder("portkey").resolve("log").toFile())
                .start();
        await();
    }

    private void await() throws IOException {
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < PATIENCE) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        process.destroyForcibly();
        throw new IOException("Portkey's gateway does not start");
    }

    /** What sends a call on to a model on this machine. */
    static String headers(int upstream) {
        return "Authorization: Bearer sk-bench\r\nx-portkey-provider: openai\r\nx-portkey-custom-host: http://127.0.0.1:"
                + upstream + "/v1\r\n";
    }

    int port() {
        return port;
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
