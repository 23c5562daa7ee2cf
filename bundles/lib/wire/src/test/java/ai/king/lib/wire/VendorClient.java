/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A vendor's own client for Node, asking a double of that vendor: what it understands is what the vendor's protocol says.
 * {@code ./king test} installs the clients.
 */
final class VendorClient {

    private static final Path FOLDER =
            Path.of("../../lib/wire/src/test/node").toAbsolutePath().normalize();
    private static final long SECONDS = 60;

    private VendorClient() {}

    /** What the client understood: pieces, text, finish, prompt, completion; or error and status. */
    static JsonNode ask(String vendor, String url, String model) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules")),
                "the vendors' clients are not installed: npm ci in bundles/lib/wire/src/test/node");
        Process client = new ProcessBuilder("node", "client.mjs", vendor, url, model)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String told = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(told).as("what %s's client says", vendor).startsWith("{");
            return Endpoint.JSON.readTree(told);
        } finally {
            client.destroyForcibly();
        }
    }
}
