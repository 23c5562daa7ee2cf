/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A vendor's own client for Node, asking a double of that vendor: what it understands is what the vendor's protocol says.
 * {@code ./king test} installs the clients.
 */
public final class VendorClient {

    private static final Path FOLDER =
            Path.of("../../lib/wire/src/test/node").toAbsolutePath().normalize();
    private static final Map<String, String> PACKAGES = Map.of(
            "anthropic", "@anthropic-ai/sdk",
            "gemini", "@google/genai",
            "ollama", "ollama",
            "stripe", "stripe",
            "shopify", "@shopify/admin-api-client");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 60;

    private VendorClient() {}

    /** What the client understood: pieces, text, finish, prompt, completion; or error and status. */
    static JsonNode ask(String vendor, String url, String model) throws IOException, InterruptedException {
        return told(vendor, "client.mjs", vendor, url, model);
    }

    /** What the client understood of each of the calls, in their order; {@code calls.mjs} says what a call is. */
    public static JsonNode call(String vendor, String url, String key, List<Map<String, Object>> calls)
            throws IOException, InterruptedException {
        JsonNode understood = told(vendor, "calls.mjs", vendor, url, key, JSON.writeValueAsString(calls));
        assertThat(understood.size()).isEqualTo(calls.size());
        return understood;
    }

    /**
     * What is wrong with values by the types of the vendor's client, which are made from the schema that the vendor publishes;
     * {@code types.mjs} says what a check is.
     */
    public static JsonNode faults(String vendor, List<Map<String, Object>> checks)
            throws IOException, InterruptedException {
        return told(vendor, "types.mjs", vendor, JSON.writeValueAsString(checks));
    }

    private static JsonNode told(String vendor, String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules").resolve(PACKAGES.get(vendor))),
                "the vendors' clients are not installed: npm ci in bundles/lib/wire/src/test/node");
        Process client = new ProcessBuilder(
                        Stream.concat(Stream.of("node"), Stream.of(arguments)).toList())
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String told = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(told).as("what %s's client says", vendor).matches("(?s)[{\\[].*");
            return JSON.readTree(told);
        } finally {
            client.destroyForcibly();
        }
    }
}
