/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.internal.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The list of models of an endpoint that speaks OpenAI's protocol: whether it answers, what it serves, and how much
 * that reads. */
public final class OpenAiModels {

    private final Transport transport;
    private final String url;
    private final String key;

    public OpenAiModels(Transport transport, String url, String key) {
        this.transport = transport;
        this.url = url;
        this.key = key;
    }

    /** Throws {@link Refused} or what the connection failed with. A server without such a list is well, too: it answers. */
    public Health.State state() {
        HttpRequest.Builder request =
                HttpRequest.builder().method(HttpMethod.GET).url(url + "/models");
        if (!key.isEmpty()) {
            request.addHeader("Authorization", "Bearer " + key);
        }
        try {
            return listed(transport.execute(request.build()).body());
        } catch (Refused e) {
            if (e.statusCode() == 404 || e.statusCode() == 405 || e.statusCode() == 429) {
                return Health.State.well("answers", List.of());
            }
            throw e;
        }
    }

    private static Health.State listed(String body) {
        List<String> ids = new ArrayList<>();
        Map<String, Integer> windows = new HashMap<>();
        if (body.stripLeading().startsWith("{")
                && Json.fromJson(body, Map.class).get("data") instanceof List<?> data) {
            for (Object entry : data) {
                if (entry instanceof Map<?, ?> model && model.get("id") instanceof String id) {
                    ids.add(id);
                    // vLLM and what is built on it say it; others leave it out.
                    if (model.get("max_model_len") instanceof Integer tokens && tokens > 0) {
                        windows.put(id, tokens);
                    }
                }
            }
        }
        return new Health.State(true, "answers", ids, OptionalDouble.empty(), Map.copyOf(windows));
    }
}
