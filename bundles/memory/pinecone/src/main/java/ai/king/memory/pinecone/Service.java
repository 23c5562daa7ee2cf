/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pinecone;

import ai.king.lib.http.Quoted;
import ai.king.lib.http.Wire;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pinecone's HTTP interface of 2026-04: where the index is, and what is asked of it. Failures are exceptions with the reason. */
final class Service {

    private static final String VERSION = "2026-04";
    private static final String HOME = "https://api.pinecone.io";
    private static final int LONGEST_ANSWER = 32 << 20;
    private static final Pattern KEYS = Pattern.compile("pcsk_[A-Za-z0-9_]+");

    private final ObjectMapper mapper = new ObjectMapper();
    private final Wire wire;
    private final Quoted quoted;
    private final String address;
    private final String index;
    private final String key;
    private volatile @Nullable Place place;

    /** Where the index is and what fits into it. */
    private record Place(String url, int dimension) {}

    Service(PineconeMemory.Config config) {
        wire = new Wire(Duration.ofSeconds(config.seconds()), LONGEST_ANSWER);
        address = config.address().replaceAll("/+$", "");
        index = config.index();
        key = config._key();
        quoted = new Quoted(key, KEYS);
    }

    /** What the index answers; empty when it has no such namespace. */
    Optional<JsonNode> ask(String path, Map<String, ?> body, int dimension) {
        Place there = place();
        if (dimension > 0 && there.dimension() != dimension) {
            throw new IllegalStateException("the index " + index + " holds vectors of " + there.dimension()
                    + " numbers, the embedding model makes " + dimension);
        }
        try {
            HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body));
            Wire.Answer answer = send(request(there.url() + path)
                    .header("Content-Type", "application/json")
                    .POST(content)
                    .build());
            if (answer.status() == 404) {
                return Optional.empty();
            }
            return Optional.of(read(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("what is asked cannot be written", e);
        }
    }

    private Place place() {
        Place known = place;
        if (known != null) {
            return known;
        }
        Wire.Answer answer = send(request(address + "/indexes/" + index).GET().build());
        JsonNode model = read(answer);
        String metric = model.path("metric").asText();
        if (!metric.equals("cosine")) {
            throw new IllegalStateException("the index " + index + " measures by " + metric + ", not by cosine");
        }
        if (!model.path("status").path("ready").asBoolean()) {
            throw new IllegalStateException("the index " + index + " is not ready");
        }
        Place found = new Place(
                url(model.path("host").asText()), model.path("dimension").asInt());
        place = found;
        return found;
    }

    /** The key goes to Pinecone's own hosts only; where another address is configured, whoever is there names the host. */
    private String url(String host) {
        if (address.equals(HOME)) {
            if (!host.matches("[a-z0-9.-]+\\.pinecone\\.io")) {
                throw new IllegalStateException("the index " + index + " is at an address that is not Pinecone's");
            }
            return "https://" + host;
        }
        return host.contains("://") ? host : URI.create(address).getScheme() + "://" + host;
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Api-Key", key)
                .header("X-Pinecone-Api-Version", VERSION)
                .header("Accept", "application/json");
    }

    private Wire.Answer send(HttpRequest request) {
        try {
            return wire.send(request);
        } catch (IOException e) {
            throw new IllegalStateException("Pinecone: " + quoted.of(String.valueOf(e.getMessage())));
        }
    }

    private JsonNode read(Wire.Answer answer) {
        if (!answer.good()) {
            throw new IllegalStateException("Pinecone: " + answer.status() + " " + quoted.of(reason(answer.body())));
        }
        try {
            return mapper.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Pinecone answers what is no JSON");
        }
    }

    /** The control plane nests its message in {@code error}, the data plane does not. */
    private String reason(String body) {
        try {
            JsonNode node = mapper.readTree(body);
            String nested = node.path("error").path("message").asText();
            return nested.isEmpty() ? node.path("message").asText(body) : nested;
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
