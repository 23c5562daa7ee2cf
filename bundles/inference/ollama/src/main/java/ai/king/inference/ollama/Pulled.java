/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.ollama;

import ai.king.lib.wire.Health;
import ai.king.lib.wire.Transport;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What has been pulled: the models that chat, the one changed last first, as Ollama lists them. */
final class Pulled {

    private final Transport transport;
    private final String url;
    private final Map<String, String> headers;
    private final String model;

    /**
     * @param model the one that must be there; empty: any
     */
    Pulled(Transport transport, String url, Map<String, String> headers, String model) {
        this.transport = transport;
        this.url = url;
        this.headers = headers;
        this.model = model;
    }

    Health.State state() {
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url(url + "/api/tags")
                .addHeaders(headers)
                .build();
        List<String> names = names(transport.execute(request).body());
        if (!model.isEmpty() && !names.contains(model) && !names.contains(model + ":latest")) {
            return Health.State.ill("has not pulled the model " + model);
        }
        List<String> chat = new ArrayList<>(names);
        chat.removeIf(name -> name.toLowerCase(Locale.ROOT).contains("embed"));
        if (!model.isEmpty() && !chat.contains(model)) {
            chat.add(0, model);
        }
        return chat.isEmpty()
                ? Health.State.ill("answers, but has pulled no model")
                : Health.State.well("answers", List.copyOf(chat));
    }

    private static List<String> names(String body) {
        List<String> names = new ArrayList<>();
        if (Json.fromJson(body, Map.class).get("models") instanceof List<?> models) {
            for (Object entry : models) {
                if (entry instanceof Map<?, ?> pulled && pulled.get("name") instanceof String name) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
