/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * OpenAI's own description of the protocol (github.com/openai/openai-openapi, MIT), read from the folder in
 * {@code KING_SCHEMAS} or {@code ../shared/schemas} beside the checkout. What is checked is skipped where it is absent.
 */
public final class Schemas {

    private static final Optional<JsonNode> OPENAI = load();

    private Schemas() {}

    /** Skips the test, with the reason, where the schema is not there. */
    public static void check(String name, JsonNode value) {
        Assumptions.assumeTrue(OPENAI.isPresent(), "openai.json is not in the folder KING_SCHEMAS");
        ObjectNode root = Endpoint.JSON.createObjectNode();
        root.put("$ref", "#/components/schemas/" + name);
        root.set("components", OPENAI.orElseThrow().get("components"));
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
        assertThat(schema.validate(value)).as("%s of OpenAI's schema", name).isEmpty();
    }

    private static Optional<JsonNode> load() {
        Path file = Optional.ofNullable(System.getenv("KING_SCHEMAS"))
                .map(Path::of)
                .orElseGet(Schemas::beside)
                .resolve("openai.json");
        try {
            return Files.isReadable(file) ? Optional.of(Endpoint.JSON.readTree(file.toFile())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
