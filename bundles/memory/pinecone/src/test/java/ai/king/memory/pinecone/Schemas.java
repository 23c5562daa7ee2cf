/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pinecone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/**
 * Pinecone's own description of its interface (github.com/pinecone-io/pinecone-api, Apache-2.0), read from the folder in
 * {@code KING_SCHEMAS} or {@code ../shared/schemas} beside the checkout.
 */
final class Schemas {

    static final String DATA = "pinecone-db_data.yaml";
    static final String CONTROL = "pinecone-db_control.yaml";

    private static final Map<String, Optional<JsonNode>> READ = new ConcurrentHashMap<>();

    private Schemas() {}

    /** Skips the test, with the reason, where the descriptions are not there. */
    static void needed() {
        Assumptions.assumeTrue(read(DATA).isPresent(), DATA + " is not in the folder KING_SCHEMAS");
    }

    /** Checks a value where the description is there. */
    static void check(String file, String name, JsonNode value) {
        read(file).ifPresent(description -> {
            ObjectNode root = new ObjectMapper().createObjectNode();
            root.put("$ref", "#/components/schemas/" + name);
            root.set("components", description.get("components"));
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                            .getSchema(root)
                            .validate(value))
                    .as("%s of Pinecone's description", name)
                    .isEmpty();
        });
    }

    /** The names of what a schema has: anything else would be ignored silently. */
    static JsonNode properties(String name) {
        return read(DATA)
                .orElseThrow()
                .path("components")
                .path("schemas")
                .path(name)
                .path("properties");
    }

    private static Optional<JsonNode> read(String file) {
        return READ.computeIfAbsent(file, name -> {
            Path path = Optional.ofNullable(System.getenv("KING_SCHEMAS"))
                    .map(Path::of)
                    .orElseGet(Schemas::beside)
                    .resolve(name);
            try {
                return Files.isReadable(path)
                        ? Optional.of(new ObjectMapper(new YAMLFactory()).readTree(path.toFile()))
                        : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The checkout is the nearest folder above that holds the build policy. */
    private static Path beside() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.exists(folder.resolve("cnf/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder.resolveSibling("shared/schemas");
    }
}
