/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.store.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** The platform's REST door as an operator's program uses it: one token, no retries. */
final class Client {

    static final String PASSWORD = "first-Password-1";

    /** An answer that was not the expected one. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final String authorization;

    private Client(String base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** Logs in at a port of this machine and goes on with a token. */
    static Client login(int port) throws IOException, InterruptedException {
        return login(port, "admin");
    }

    /** The same as another user, with the same password. */
    static Client login(int port, String user) throws IOException, InterruptedException {
        String base = "http://127.0.0.1:" + port + "/api/v1";
        String basic = Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> issued = new Client(base, "Basic " + basic).post("/tokens", Map.of("label", "bench"));
        return new Client(base, "Bearer " + issued.get("token"));
    }

    /** The same user at another port: tokens stand in the database. */
    Client at(int port) {
        return new Client("http://127.0.0.1:" + port + "/api/v1", authorization);
    }

    /** What this client says of itself with each call. */
    String authorization() {
        return authorization;
    }

    Map<String, Object> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Map<String, Object> post(String path, Object body) throws IOException, InterruptedException {
        return post(path, "application/json", BodyPublishers.ofString(Json.write(body)));
    }

    /** The same under a key: sent again it has no second effect. */
    Map<String, Object> post(String path, Object body, String key) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    Map<String, Object> post(String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", type)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", authorization)
                .timeout(Duration.ofSeconds(120));
    }

    private Map<String, Object> send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new Refused(request.method() + " " + request.uri().getPath() + ": " + answer.statusCode() + " "
                    + answer.body());
        }
        return answer.body().isBlank() ? Map.of() : Json.readMap(answer.body());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
