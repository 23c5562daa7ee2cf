/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import ai.king.inferences.Inferences;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Texts as vectors, in OpenAI's shape. */
final class Vectors {

    private static final int TEXTS = 256;

    private final Inferences inferences;

    Vectors(Inferences inferences) {
        this.inferences = inferences;
    }

    Map<String, Object> answer(JsonNode body, Optional<String> businessId) {
        String model = Question.text(body, "model");
        new Catalogue(inferences.backends()).check(model);
        boolean base64 =
                switch (body.path("encoding_format").asText("float")) {
                    case "float" -> false;
                    case "base64" -> true;
                    default -> throw Refused.input("encoding_format", "must be float or base64");
                };
        List<float[]> vectors;
        try {
            vectors = inferences
                    .embed(texts(body.path("input")), businessId)
                    .orElseThrow(() -> Refused.later(503, "backend_unavailable", 5, "no backend can embed now"));
        } catch (IllegalStateException e) {
            throw Refused.later(503, "backend_unavailable", 5, String.valueOf(e.getMessage()));
        }
        List<Map<String, Object>> data = new ArrayList<>();
        for (float[] vector : vectors) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("object", "embedding");
            entry.put("index", data.size());
            entry.put("embedding", base64 ? encoded(vector) : vector);
            data.add(entry);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("object", "list");
        answer.put("data", data);
        answer.put("model", model);
        // Backends do not tell the tokens of an embedding; 0 stands for "not told", as in a chat's usage.
        answer.put("usage", Map.of("prompt_tokens", 0, "total_tokens", 0));
        return answer;
    }

    private static List<String> texts(JsonNode input) {
        List<String> texts = new ArrayList<>();
        if (input.isTextual()) {
            texts.add(input.asText());
        } else if (input.isArray()) {
            input.forEach(entry -> texts.add(entry.isTextual() ? entry.asText() : ""));
        }
        if (texts.isEmpty() || texts.size() > TEXTS || texts.stream().anyMatch(String::isEmpty)) {
            throw Refused.input("input", "a text, or a list of 1 to " + TEXTS + " texts, is needed");
        }
        return texts;
    }

    private static String encoded(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
