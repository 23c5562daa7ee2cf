/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.serpapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hits of any engine in one form; everything but title and address is optional. */
final class Hits {

    private static final List<String> LISTS = List.of(
            "organic_results", "news_results", "shopping_results", "video_results", "images_results", "local_results");
    private static final List<String> FIELDS = List.of("snippet", "date", "source", "price", "rating", "reviews");

    private Hits() {}

    static List<Map<String, Object>> of(JsonNode body) {
        List<Map<String, Object>> hits = new ArrayList<>();
        for (String list : LISTS) {
            for (JsonNode hit : body.path(list)) {
                String url = hit.path("link").asText(hit.path("product_link").asText());
                if (url.isEmpty() || !hit.path("title").isTextual()) {
                    continue;
                }
                Map<String, Object> form = new LinkedHashMap<>();
                form.put("position", hit.path("position").asInt(hits.size() + 1));
                form.put("title", hit.path("title").asText());
                form.put("url", url);
                for (String field : FIELDS) {
                    if (hit.path(field).isValueNode() && !hit.path(field).isNull()) {
                        form.put(field, hit.path(field).asText());
                    }
                }
                hits.add(form);
            }
        }
        return hits;
    }

    static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> {
            if (each.path(field).isTextual()) {
                texts.add(each.path(field).asText());
            }
        });
        return texts;
    }
}
