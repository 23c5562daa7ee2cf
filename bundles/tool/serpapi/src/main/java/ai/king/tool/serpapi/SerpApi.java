/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.serpapi;

import ai.king.lib.http.Quoted;
import ai.king.lib.http.Wire;
import ai.king.tool.ToolResult;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The protocol of SerpAPI: search, result of a search, account; and what its errors mean. */
final class SerpApi {

    private static final int LARGEST = 8 * 1024 * 1024;
    /** The key travels in the address: no text that comes back may hold it. */
    private static final Pattern KEYS = Pattern.compile("\\b[0-9a-f]{64}\\b");
    /** Our argument and theirs. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "query", "q",
            "results", "num",
            "start", "start",
            "kind", "tbm",
            "period", "tbs",
            "location", "location",
            "country", "gl",
            "language", "hl");

    private final ObjectMapper json = new ObjectMapper();
    private final Wire wire;
    private final Quoted quoted;
    private final String url;
    private final String key;
    private final Duration time;
    private final boolean async;
    private final Duration poll;

    SerpApi(String url, String key, Duration time, boolean async, Duration poll) {
        this.url = url;
        this.key = key;
        this.time = time;
        this.async = async;
        this.poll = poll;
        this.wire = new Wire(time, LARGEST);
        this.quoted = new Quoted(key, KEYS);
    }

    ToolResult search(Map<String, Object> arguments) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("engine", String.valueOf(arguments.getOrDefault("engine", "google")));
        PARAMETERS.forEach((ours, theirs) -> {
            if (arguments.get(ours) != null) {
                query.put(theirs, String.valueOf(arguments.get(ours)));
            }
        });
        if (async) {
            query.put("async", "true");
        }
        long end = System.nanoTime() + time.toNanos();
        try {
            Wire.Answer answer = get("/search.json", query);
            JsonNode body = body(answer);
            while (answer.good() && body != null && pending(body)) {
                if (System.nanoTime() > end) {
                    return new ToolResult.Failed("the search is still running after " + time.toSeconds() + " s", true);
                }
                Thread.sleep(poll.toMillis());
                answer = get("/searches/" + id(body) + ".json", Map.of());
                body = body(answer);
            }
            return answer.good() && body != null ? found(body) : error(answer, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ToolResult.Failed("interrupted", true);
        } catch (IOException e) {
            return new ToolResult.Failed("SerpAPI: " + quoted.of(String.valueOf(e.getMessage())), true);
        }
    }

    private static boolean pending(JsonNode body) {
        String status = body.path("search_metadata").path("status").asText();
        return (status.equals("Queued") || status.equals("Processing")) && id(body).matches("[A-Za-z0-9_-]{1,100}");
    }

    private static String id(JsonNode body) {
        return body.path("search_metadata").path("id").asText();
    }

    /** The reads of this plan that are left; at most this hour's. */
    ToolResult account() {
        try {
            Wire.Answer answer = get("/account.json", Map.of());
            JsonNode body = body(answer);
            if (!answer.good() || body == null) {
                return error(answer, body);
            }
            Map<String, Object> data = new LinkedHashMap<>();
            for (String field : List.of(
                    "plan_name",
                    "searches_per_month",
                    "plan_searches_left",
                    "total_searches_left",
                    "this_month_usage",
                    "this_hour_searches",
                    "account_rate_limit_per_hour")) {
                if (body.hasNonNull(field)) {
                    data.put(
                            field,
                            body.get(field).isNumber()
                                    ? body.get(field).longValue()
                                    : body.get(field).asText());
                }
            }
            return ToolResult.ok(data);
        } catch (IOException e) {
            return new ToolResult.Failed("SerpAPI: " + quoted.of(String.valueOf(e.getMessage())), true);
        }
    }

    /** No hit is an answer, though it stands under {@code error}. */
    private ToolResult found(JsonNode body) {
        String status = body.path("search_metadata").path("status").asText("Success");
        if (!status.equals("Success")) {
            return new ToolResult.Failed(
                    "SerpAPI: " + quoted.of(body.path("error").asText("the search failed")), true);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("results", Hits.of(body));
        data.put("questions", Hits.texts(body.path("related_questions"), "question"));
        data.put("related", Hits.texts(body.path("related_searches"), "query"));
        JsonNode total = body.path("search_information").path("total_results");
        if (total.isNumber()) {
            data.put("total", total.longValue());
        }
        return ToolResult.ok(data);
    }

    private ToolResult error(Wire.Answer answer, @Nullable JsonNode body) {
        String reason = "SerpAPI answers " + answer.status() + ": "
                + quoted.of(
                        body == null
                                ? "something that is no JSON"
                                : body.path("error").asText("no reason"));
        return switch (answer.status()) {
            case 401 -> new ToolResult.Missing(List.of("a valid key of SerpAPI: it refuses the configured one"));
            case 403 -> new ToolResult.Missing(List.of("a usable account of SerpAPI: " + reason));
            case 429 -> exhausted(reason);
            default -> new ToolResult.Failed(reason, answer.status() >= 500 || answer.good());
        };
    }

    /** One status for two causes; the account tells them apart. */
    private ToolResult exhausted(String reason) {
        ToolResult account = account();
        if (account instanceof ToolResult.Ok ok
                && ok.data().get("total_searches_left") instanceof Long left
                && left <= 0) {
            return new ToolResult.Missing(List.of("searches of the SerpAPI plan: none are left this month"));
        }
        return new ToolResult.Failed(reason + " (too many searches this hour)", true);
    }

    private Wire.Answer get(String path, Map<String, String> query) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("api_key", key);
        String text = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return wire.send(HttpRequest.newBuilder(URI.create(url + path + "?" + text))
                .header("Accept", "application/json")
                .build());
    }

    private @Nullable JsonNode body(Wire.Answer answer) {
        try {
            JsonNode body = json.readTree(answer.body());
            return body.isObject() ? body : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
