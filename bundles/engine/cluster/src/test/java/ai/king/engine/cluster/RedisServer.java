/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.kit.Configs;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A real Redis on a port of its own that a test starts, stops and tampers with. */
final class RedisServer implements AutoCloseable {

    private final int port;
    private Process process;

    RedisServer() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server"))),
                "redis-server is not installed (Debian: apt-get install redis-server)");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start();
    }

    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        "redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--requirepass",
                        "secret")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (true) {
            try (Jedis redis = jedis()) {
                redis.ping();
                return;
            } catch (JedisConnectionException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("redis-server ended with " + process.waitFor(), e);
                }
            }
        }
    }

    Jedis jedis() {
        return new Jedis(URI.create(url()));
    }

    String url() {
        return "redis://:secret@127.0.0.1:" + port;
    }

    /** A node's way to it. */
    Redis node() {
        return new Redis(Configs.of(Redis.Config.class, Map.of("redis.url", url())));
    }

    static Redis none() {
        return new Redis(Configs.defaults(Redis.Config.class));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
