/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.serpapi;

import ai.king.lib.http.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** SerpAPI as its pages on status and error codes describe it. */
final class SerpApiDouble extends Endpoint {

    static final String KEY = "5ecretKey1234567890";

    int hourly = 100;
    int left = 100;
    int pending;

    SerpApiDouble() throws IOException {
        super(asked -> null);
        behaviour = this::answer;
    }

    private Reply answer(Asked asked) {
        if (!KEY.equals(asked.query().get("api_key"))) {
            return error(401, "Invalid API key. Your API key should be here: https://serpapi.com/manage-api-key");
        }
        if (asked.path().equals("/account.json")) {
            return Reply.of(
                    200,
                    Map.of(
                            "account_id",
                            "5f0",
                            "api_key",
                            KEY,
                            "plan_name",
                            "Developer",
                            "searches_per_month",
                            5000,
                            "plan_searches_left",
                            left,
                            "total_searches_left",
                            left,
                            "this_hour_searches",
                            100 - hourly,
                            "account_rate_limit_per_hour",
                            100));
        }
        if (asked.path().startsWith("/searches/")) {
            return pending-- > 0 ? Reply.of(200, metadata("Processing")) : Reply.of(200, hits());
        }
        if (!asked.path().equals("/search.json")) {
            return error(404, "Not found");
        }
        return search(asked);
    }

    private Reply search(Asked asked) {
        String query = asked.query().get("q");
        if (query == null) {
            return error(400, "Missing query `q` parameter.");
        }
        if (left <= 0 || hourly <= 0) {
            return error(429, "Your account has run out of searches.");
        }
        if (query.equals("nothing")) {
            return Reply.of(
                    200,
                    Map.of(
                            "search_metadata", Map.of("id", "1", "status", "Success"),
                            "search_information", Map.of("organic_results_state", "Fully empty"),
                            "error", "Google hasn't returned any results for this query."));
        }
        if (query.equals("broken")) {
            return Reply.of(
                    200, Map.of("search_metadata", Map.of("id", "1", "status", "Error"), "error", "We couldn't"));
        }
        return "true".equals(asked.query().get("async")) ? Reply.of(200, metadata("Queued")) : Reply.of(200, hits());
    }

    static Reply error(int status, String text) {
        return Reply.of(status, Map.of("error", text));
    }

    private static Map<String, Object> metadata(String status) {
        return Map.of("search_metadata", Map.of("id", "64b_f-1", "status", status));
    }

    private static Map<String, Object> hits() {
        return Map.of(
                "search_metadata", Map.of("id", "64b_f-1", "status", "Success"),
                "search_information", Map.of("total_results", 12300, "query_displayed", "lamps"),
                "organic_results",
                        List.of(
                                Map.of(
                                        "position",
                                        1,
                                        "title",
                                        "Lamps",
                                        "link",
                                        "https://a.example/lamps",
                                        "snippet",
                                        "Buy"),
                                Map.of("position", 2, "title", "Bare", "link", "https://b.example/")),
                "related_questions", List.of(Map.of("question", "Which lamp?")),
                "related_searches", List.of(Map.of("query", "desk lamps")));
    }
}
