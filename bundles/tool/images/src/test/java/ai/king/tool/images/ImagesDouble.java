/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.images;

import ai.king.lib.http.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** OpenAI's image API as its description has it (openai-openapi, 2026-08): base64 only, old parameters refused. */
final class ImagesDouble extends Endpoint {

    static final String KEY = "sk-proj-Very5ecretKey1234";

    final AtomicInteger made = new AtomicInteger();
    final List<JsonNode> sent = new ArrayList<>();

    ImagesDouble() throws IOException {
        super(asked -> null);
        behaviour = this::answer;
    }

    private Reply answer(Asked asked) throws IOException {
        if (!("Bearer " + KEY).equals(asked.headers().get("authorization"))) {
            return error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided: sk-pr***1234.");
        }
        JsonNode request = JSON.readTree(asked.body());
        for (String old : List.of("response_format", "style")) {
            if (request.has(old)) {
                return error(400, "invalid_request_error", "unknown_parameter", "Unknown parameter: '" + old + "'.");
            }
        }
        if (!request.path("model").asText().startsWith("gpt-image-")) {
            return error(404, "invalid_request_error", "model_not_found", "The model does not exist.");
        }
        made.incrementAndGet();
        String size = request.path("size").asText();
        Map<String, Object> body = Map.of(
                "created",
                1795351234,
                "data",
                List.of(Map.of("b64_json", picture(size))),
                "output_format",
                "png",
                "quality",
                request.path("quality").asText(),
                "size",
                size,
                "usage",
                Map.of(
                        "input_tokens", 50,
                        "output_tokens", 1056,
                        "total_tokens", 1106,
                        "input_tokens_details", Map.of("text_tokens", 50, "image_tokens", 0)));
        sent.add(JSON.valueToTree(body));
        return Reply.of(200, body);
    }

    private static String picture(String size) throws IOException {
        String[] edges = size.split("x");
        BufferedImage image =
                new BufferedImage(Integer.parseInt(edges[0]), Integer.parseInt(edges[1]), BufferedImage.TYPE_INT_ARGB);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    static Reply error(int status, String type, String code, String message) {
        Map<String, Object> error = new HashMap<>(Map.of("type", type, "code", code, "message", message));
        error.put("param", null);
        return Reply.of(status, Map.of("error", error));
    }

    static Reply moderated() {
        Map<String, Object> error = new HashMap<>(Map.of(
                "type", "image_generation_user_error",
                "code", "moderation_blocked",
                "message", "Your request was rejected by the safety system.",
                "moderation_details", Map.of("moderation_stage", "input", "categories", List.of("violence"))));
        error.put("param", null);
        return Reply.of(400, Map.of("error", error));
    }
}
