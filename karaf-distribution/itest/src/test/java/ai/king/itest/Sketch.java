/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments that fit a JSON schema: the least that is required. */
final class Sketch {

    private Sketch() {}

    static Map<String, Object> of(JsonNode schema) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        schema.path("required").forEach(name -> {
            JsonNode property = schema.path("properties").path(name.asText());
            arguments.put(name.asText(), value(name.asText(), property));
        });
        return arguments;
    }

    private static Object value(String name, JsonNode schema) {
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").path(0).asText();
        }
        return switch (schema.path("type").asText()) {
            case "integer", "number" -> Math.max(1, schema.path("minimum").asInt(1));
            case "boolean" -> true;
            case "array" -> List.of(value(name, schema.path("items")));
            case "object" -> of(schema);
            default -> text(name, schema);
        };
    }

    private static String text(String name, JsonNode schema) {
        if (name.contains("url")) {
            return "https://king-ai.invalid/";
        }
        return schema.toString().contains("@") || schema.path("format").asText().equals("email")
                ? "pat@king-ai.invalid"
                : "text";
    }
}
