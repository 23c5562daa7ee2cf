/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sample business, brought in over REST as a user would. */
final class Sample {

    static final Path FOLDER = Path.of(System.getProperty("king.home"), "config", "examples", "pet-supplies");
    private static final List<String> KINDS =
            List.of("products", "suppliers", "orders", "costs", "advertising", "stock", "targets", "metrics");

    private Sample() {}

    /** Imports everything and answers the business's id. */
    @SuppressWarnings("unchecked")
    static String into(Api api) throws IOException {
        Map<String, Object> business =
                new ObjectMapper().readValue(FOLDER.resolve("business.json").toFile(), Map.class);
        String id = api.post("/businesses", business).path("id").asText();
        for (String kind : KINDS) {
            JsonNode answer = api.upload(
                    "/businesses/" + id + "/records?kind=" + kind, "text/csv", FOLDER.resolve(kind + ".csv"));
            if (!answer.path("rejected").isEmpty()) {
                throw new AssertionError(kind + ": " + answer);
            }
        }
        try (Stream<Path> files = Files.list(FOLDER.resolve("documents"))) {
            for (Path file : files.sorted().toList()) {
                String type = file.toString().endsWith(".md") ? "text/markdown" : "text/plain";
                api.upload("/businesses/" + id + "/documents?name=" + file.getFileName(), type, file);
            }
        }
        return id;
    }

    static String goal() throws IOException {
        return Files.readString(FOLDER.resolve("goal.txt")).trim();
    }
}
