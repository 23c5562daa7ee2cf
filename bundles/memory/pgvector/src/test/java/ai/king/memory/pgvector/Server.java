/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pgvector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.king.kit.Configs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A PostgreSQL with pgvector: the one that {@code -Dking.pgvector.url} names, or PGlite, which is PostgreSQL and the extension
 * compiled to WebAssembly behind a socket. {@code ./king test} installs it.
 */
final class Server implements AutoCloseable {

    private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();
    private static int tables;

    private final Process process;
    private final String url;

    private Server(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static Server start() {
        assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules/@electric-sql/pglite-pgvector")),
                "PGlite is not installed (npm ci in bundles/memory/pgvector/src/test/node)");
        try {
            Process process = new ProcessBuilder("node", "server.mjs")
                    .directory(FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = said.readLine();
            if (line == null || !line.startsWith("port ")) {
                throw new IllegalStateException("PGlite does not start: " + line);
            }
            return new Server(
                    process, "jdbc:postgresql://127.0.0.1:" + line.substring(5) + "/postgres?sslmode=disable");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return System.getProperty("king.pgvector.url", url);
    }

    /** A memory with a table of its own. PGlite has one session, so there is one connection. */
    synchronized PgvectorMemory memory(Map<String, Object> more) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("url", url());
        values.put("user", "postgres");
        values.put(".password", "postgres");
        values.put("table", "memory_" + tables++);
        values.put("connections", 1);
        values.put("seconds", 60);
        values.putAll(more);
        return new PgvectorMemory(Configs.of(PgvectorMemory.Config.class, values));
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
