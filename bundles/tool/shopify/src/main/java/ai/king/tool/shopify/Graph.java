/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.shopify;

import ai.king.lib.http.Quoted;
import ai.king.lib.http.Wire;
import ai.king.tool.ToolResult;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Shopify's GraphQL endpoint, whose errors come as a status, as {@code errors} beside a 200, and as {@code userErrors}. */
final class Graph {

    private static final int LARGEST = 8 * 1024 * 1024;
    private static final Pattern KEYS = Pattern.compile("\\bshp(at|ca|pa|ss)_\\w+");

    private final ObjectMapper json = new ObjectMapper();
    private final Wire wire;
    private final Quoted quoted;
    private final String url;
    private final String token;

    Graph(String url, String token, Duration time) {
        this.url = url;
        this.token = token;
        this.wire = new Wire(time, LARGEST);
        this.quoted = new Quoted(token, KEYS);
    }

    /**
     * Asks, and makes a result of the answer's part under {@code field}.
     *
     * @param effect whether a lost answer leaves open what happened
     */
    ToolResult ask(
            String query,
            Map<String, Object> variables,
            String field,
            boolean effect,
            Function<JsonNode, ToolResult> result) {
        try {
            Wire.Answer answer = wire.send(HttpRequest.newBuilder(URI.create(url))
                    .header("X-Shopify-Access-Token", token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            json.writeValueAsString(Map.of("query", query, "variables", variables))))
                    .build());
            if (!answer.good()) {
                return status(answer, effect);
            }
            JsonNode body = json.readTree(answer.body());
            if (body.path("errors").size() > 0) {
                return refused(body.path("errors"), effect);
            }
            JsonNode part = body.path("data").path(field);
            if (part.path("userErrors").size() > 0) {
                return new ToolResult.Failed("Shopify refuses it: " + messages(part.path("userErrors")), false);
            }
            return part.isMissingNode() || part.isNull()
                    ? lost("Shopify answers without " + field, effect)
                    : result.apply(part);
        } catch (Wire.Unsent e) {
            return new ToolResult.Failed("Shopify cannot be reached", true);
        } catch (JsonProcessingException e) {
            return lost("Shopify answers something that is no JSON", effect);
        } catch (IOException e) {
            return lost("no answer of Shopify: " + quoted.of(String.valueOf(e.getMessage())), effect);
        }
    }

    private static ToolResult lost(String reason, boolean effect) {
        return effect ? new ToolResult.Unknown(reason) : new ToolResult.Failed(reason, true);
    }

    /** Nothing was done: Shopify checks a whole request before it runs it, but for its own failures. */
    private ToolResult refused(JsonNode errors, boolean effect) {
        String code = errors.path(0).path("extensions").path("code").asText();
        String reason = "Shopify refuses it: " + messages(errors);
        return switch (code) {
            case "THROTTLED" -> new ToolResult.Failed(reason, true);
            case "ACCESS_DENIED" -> new ToolResult.Missing(List.of("a right of the app: " + reason));
            case "SHOP_INACTIVE" -> new ToolResult.Missing(List.of("an open shop: " + reason));
            case "INTERNAL_SERVER_ERROR" -> lost(reason, effect);
            default -> new ToolResult.Failed(reason, false);
        };
    }

    private ToolResult status(Wire.Answer answer, boolean effect) {
        String reason = "Shopify answers " + answer.status() + ": " + quoted.of(answer.body());
        return switch (answer.status()) {
            case 401 -> new ToolResult.Missing(
                    List.of("a valid access token of Shopify: it refuses the configured one"));
            case 402, 403, 423 -> new ToolResult.Missing(List.of("an open shop that lets the app in: " + reason));
            case 404 -> new ToolResult.Missing(List.of("the shop, or a version that is served: " + reason));
            case 429, 430 -> new ToolResult.Failed(reason, true);
            default -> answer.status() >= 500 ? lost(reason, effect) : new ToolResult.Failed(reason, false);
        };
    }

    private String messages(JsonNode errors) {
        List<String> all = new ArrayList<>();
        errors.forEach(error -> all.add(error.path("message").asText()));
        return quoted.of(String.join("; ", all));
    }
}
