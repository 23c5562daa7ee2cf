/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** REST as one user of one node, in JSON. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Node node;
    private final String authorization;

    Api(Node node, String user, String password) {
        this.node = node;
        this.authorization = Node.basic(user, password);
    }

    static Api admin(Node node) {
        return new Api(node, "admin", Node.PASSWORD);
    }

    Node node() {
        return node;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.uri("/api/v1" + path))
                .header("Authorization", authorization)
                .header("X-Requested-With", "test");
    }

    HttpResponse<String> send(String method, String path, String type, HttpRequest.BodyPublisher body) {
        return node.send(request(path).header("Content-Type", type).method(method, body));
    }

    HttpResponse<String> send(String method, String path, Map<String, ?> body) {
        return send(method, path, "application/json", HttpRequest.BodyPublishers.ofString(write(body)));
    }

    JsonNode get(String path) {
        return ok(node.send(request(path).GET()));
    }

    JsonNode post(String path, Map<String, ?> body) {
        return ok(send("POST", path, body));
    }

    JsonNode upload(String path, String type, Path file) {
        try {
            return ok(send("POST", path, type, HttpRequest.BodyPublishers.ofFile(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proposal with its jar. */
    HttpResponse<String> propose(Map<String, ?> proposal, byte[] jar) {
        String boundary = "king-" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, boundary, "proposal\"", "application/json", write(proposal).getBytes(StandardCharsets.UTF_8));
        part(body, boundary, "bundle\"; filename=\"plug.jar\"", "application/java-archive", jar);
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(
                "POST",
                "/evolution/proposals",
                "multipart/form-data; boundary=" + boundary,
                HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    }

    private static void part(ByteArrayOutputStream out, String boundary, String name, String type, byte[] content) {
        out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\r\nContent-Type: "
                        + type + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Asks again until the answer is as wanted; the last answer when it never is makes the failure readable. */
    JsonNode await(String path, Duration atMost, Predicate<JsonNode> wanted) {
        long end = System.nanoTime() + atMost.toNanos();
        JsonNode answer = get(path);
        while (!wanted.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(path + " after " + atMost + " is still " + answer);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            answer = get(path);
        }
        return answer;
    }

    /** The measures that the node shows to a scraper, asked again until they hold this. */
    String awaitMetric(Duration atMost, String wanted) {
        long end = System.nanoTime() + atMost.toNanos();
        String metrics = node.send(request("/metrics").GET()).body();
        while (!metrics.contains(wanted)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(wanted + " after " + atMost + " is not in " + metrics);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            metrics = node.send(request("/metrics").GET()).body();
        }
        return metrics;
    }

    JsonNode awaitStatus(String path, Duration atMost, String... statuses) {
        return await(path, atMost, answer -> {
            String status = answer.path("status").asText();
            if (status.equals("FAILED") && !java.util.List.of(statuses).contains("FAILED")) {
                throw new AssertionError(path + " failed: " + answer);
            }
            return java.util.List.of(statuses).contains(status);
        });
    }

    /** Approves the open approval with the hash of what it shows. */
    JsonNode approve(String approvalId) {
        String hash = get("/approvals/" + approvalId).path("payloadSha256").asText();
        return post("/approvals/" + approvalId + "/votes", Map.of("decision", "APPROVE", "payloadSha256", hash));
    }

    static JsonNode ok(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(response.request().method() + " " + response.uri() + " answered "
                    + response.statusCode() + ": " + response.body());
        }
        return read(response.body());
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String write(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
