/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.images;

import ai.king.lib.http.Quoted;
import ai.king.lib.http.Wire;
import ai.king.tool.Money;
import ai.king.tool.ToolResult;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** OpenAI's image API: one picture a call, always as base64; and what its errors mean. */
final class OpenAiImages {

    private static final int LARGEST = 40 * 1024 * 1024;
    private static final Pattern KEYS = Pattern.compile("(?i)\\b(sk|key)[-_][\\w*.-]{6,}");
    private static final Set<String> MODERATION = Set.of("moderation_blocked", "content_policy_violation");
    private static final Set<String> CREDIT = Set.of("insufficient_quota", "billing_hard_limit_reached");

    private final ObjectMapper json = new ObjectMapper();
    private final Wire wire;
    private final Quoted quoted;
    private final String url;
    private final String key;
    private final Choice choice;
    private final Prices prices;

    /** What the configuration chose. */
    record Choice(String model, String quality, String moderation) {}

    /** USD for a million tokens; 0 is unknown. */
    record Prices(BigDecimal input, BigDecimal output) {}

    OpenAiImages(String url, String key, Choice choice, Prices prices, Duration time) {
        this.url = url;
        this.key = key;
        this.choice = choice;
        this.prices = prices;
        this.wire = new Wire(time, LARGEST);
        this.quoted = new Quoted(key, KEYS);
    }

    ToolResult create(Wish wish) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", choice.model());
        request.put("prompt", wish.prompt());
        request.put("n", 1);
        request.put("size", wish.size());
        request.put("quality", choice.quality());
        request.put("output_format", "png");
        request.put("moderation", choice.moderation());
        try {
            Wire.Answer answer = wire.send(HttpRequest.newBuilder(URI.create(url + "/images/generations"))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(request)))
                    .build());
            JsonNode body = body(answer);
            return answer.good() ? made(wish, body) : error(answer.status(), body.path("error"));
        } catch (Wire.Unsent e) {
            return new ToolResult.Failed("OpenAI cannot be reached", true);
        } catch (JsonProcessingException e) {
            return new ToolResult.Failed("OpenAI answers something that is no JSON", true);
        } catch (IOException e) {
            return new ToolResult.Unknown("no answer of OpenAI: " + quoted.of(String.valueOf(e.getMessage())));
        }
    }

    private JsonNode body(Wire.Answer answer) throws JsonProcessingException {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            if (answer.good()) {
                throw e;
            }
            return json.createObjectNode();
        }
    }

    private ToolResult made(Wish wish, JsonNode body) {
        JsonNode first = body.path("data").path(0);
        if (!first.path("b64_json").isTextual()) {
            return new ToolResult.Failed("OpenAI answers without a picture", true);
        }
        try {
            byte[] picture = Base64.getDecoder().decode(first.path("b64_json").asText());
            Thumbnail thumbnail = Thumbnail.of(picture);
            Map<String, Object> artefact = new LinkedHashMap<>();
            artefact.put("name", wish.name() + ".png");
            artefact.put("mediaType", "image/png");
            artefact.put("base64", first.path("b64_json").asText());
            artefact.put("width", thumbnail.width());
            artefact.put("height", thumbnail.height());
            artefact.put(
                    "thumbnail", "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(thumbnail.small()));
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("model", choice.model());
            data.put("artefacts", List.of(artefact));
            return new ToolResult.Ok(data, cost(body.path("usage")));
        } catch (IllegalArgumentException | IOException e) {
            return new ToolResult.Failed(
                    "OpenAI answers no picture: " + quoted.of(String.valueOf(e.getMessage())), true);
        }
    }

    private Optional<Money> cost(JsonNode usage) {
        if (prices.output().signum() <= 0 || !usage.path("output_tokens").isNumber()) {
            return Optional.empty();
        }
        BigDecimal tokens = prices.input()
                .multiply(BigDecimal.valueOf(usage.path("input_tokens").asLong()))
                .add(prices.output()
                        .multiply(BigDecimal.valueOf(usage.path("output_tokens").asLong())));
        return Optional.of(new Money(tokens.movePointLeft(6).setScale(6, RoundingMode.HALF_UP), "USD"));
    }

    private ToolResult error(int status, JsonNode error) {
        String code = error.path("code").asText();
        String message = "OpenAI answers " + status + ": "
                + quoted.of(error.path("message").asText("no reason"));
        if (MODERATION.contains(code)) {
            return new ToolResult.Failed(
                    "the moderation of OpenAI refused it" + details(error.path("moderation_details")), false);
        }
        if (code.equals("model_not_found")) {
            return new ToolResult.Missing(List.of("a model that is there: option model names " + choice.model()));
        }
        if (CREDIT.contains(code)) {
            return new ToolResult.Missing(List.of("credit at OpenAI: " + message));
        }
        return switch (status) {
            case 401 -> new ToolResult.Missing(List.of("a valid key of OpenAI: it refuses the configured one"));
            case 403 -> new ToolResult.Missing(List.of("leave to use " + choice.model() + ": " + message));
            default -> new ToolResult.Failed(message, status == 408 || status == 429 || status >= 500);
        };
    }

    private static String details(JsonNode details) {
        List<String> categories = new ArrayList<>();
        details.path("categories").forEach(category -> categories.add(category.asText()));
        String stage = details.path("moderation_stage").asText();
        return (stage.isEmpty() ? "" : ", looking at the " + stage)
                + (categories.isEmpty() ? "" : ": " + String.join(", ", categories));
    }
}
