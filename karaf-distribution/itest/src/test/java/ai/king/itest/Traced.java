/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows what a report of the sample says back to where it comes from: the imported rows and documents as they were sent. */
final class Traced {

    private static final Pattern PERIOD = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)\\.\\.(\\d{4}-\\d\\d-\\d\\d)");
    private static final Set<String> STATEMENTS = Set.of("figure", "table", "chart", "advice");

    private final Set<String> steps = new HashSet<>();
    private final Set<String> documents = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();
    private int passages;
    private int rows;

    private Traced() {}

    static void toItsRowsAndDocuments(JsonNode goal, Api api, String business) throws IOException {
        Traced traced = new Traced();
        goal.path("plan")
                .path("steps")
                .forEach(step -> traced.steps.add(step.path("name").asText()));
        api.get("/businesses/" + business + "/documents")
                .path("items")
                .forEach(document -> traced.documents.add(document.path("id").asText()));
        for (JsonNode section : goal.path("report").path("sections")) {
            for (JsonNode block : section.path("blocks")) {
                traced.block(block);
            }
        }
        assertThat(traced.kinds)
                .as("kinds of record that the report stands on")
                .contains("orders", "products", "costs");
        assertThat(traced.rows).isGreaterThan(10);
        assertThat(traced.passages).isPositive();
    }

    private void block(JsonNode block) throws IOException {
        String kind = block.path("type").asText();
        JsonNode sources = block.path("sources");
        if (STATEMENTS.contains(kind)) {
            assertThat(sources).as("sources of %s", block).isNotEmpty();
        }
        for (JsonNode source : sources) {
            source(source, block);
        }
    }

    private void source(JsonNode source, JsonNode block) throws IOException {
        switch (source.path("type").asText()) {
            case "rows" -> rows(source);
            case "passage" -> passage(source);
            case "step" -> assertThat(steps)
                    .as("%s", block)
                    .contains(source.path("name").asText());
            case "formula" -> assertThat(source.path("text").asText())
                    .as("%s", block)
                    .isNotBlank();
            default -> throw new AssertionError("a sample has no source such as " + source);
        }
    }

    /** As many rows as the file has in the period that the filter names; at most as many where it names more than that. */
    private void rows(JsonNode source) throws IOException {
        String kind = source.path("kind").asText();
        List<String> lines = Files.readAllLines(Sample.FOLDER.resolve(kind + ".csv"));
        int date = List.of(lines.get(0).split(",")).indexOf("date");
        String filter = source.path("filter").asText();
        Matcher period = PERIOD.matcher(filter);
        long there = lines.stream()
                .skip(1)
                .filter(line -> date < 0 || !period.reset(filter).find() || within(line.split(",")[date], period))
                .count();
        assertThat(source.path("digest").asText()).matches("[0-9a-f]{64}");
        if (date >= 0 && PERIOD.matcher(filter).matches()) {
            assertThat(source.path("count").asLong())
                    .as("%s of %s", source, kind)
                    .isEqualTo(there);
        } else {
            assertThat(source.path("count").asLong())
                    .as("%s of %s", source, kind)
                    .isBetween(0L, there);
        }
        kinds.add(kind);
        rows++;
    }

    private static boolean within(String day, Matcher period) {
        LocalDate at = LocalDate.parse(day);
        return !at.isBefore(LocalDate.parse(period.group(1))) && !at.isAfter(LocalDate.parse(period.group(2)));
    }

    /** The very words stand in the document as it was sent. */
    private void passage(JsonNode source) throws IOException {
        assertThat(documents).contains(source.path("documentId").asText());
        String text = Files.readString(
                Sample.FOLDER.resolve("documents").resolve(source.path("name").asText()));
        assertThat(flat(text))
                .as("%s", source)
                .contains(flat(source.path("quote").asText()));
        passages++;
    }

    private static String flat(String text) {
        return text.replaceAll("[\\s*#>|_-]+", " ").strip();
    }
}
