/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pinecone;

import ai.king.kit.Configs;
import ai.king.lib.http.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Control and data plane of Pinecone as far as the memory uses them: both forms of errors, a version that must be named,
 * namespaces that are not there, and writes that a read sees later. What it is sent and what it answers is checked against
 * Pinecone's own description where that is there.
 */
final class PineconeDouble implements AutoCloseable {

    static final String KEY = "pcsk_secret_1";

    final Endpoint endpoint;
    volatile String metric = "cosine";
    volatile int dimension = 16;
    volatile boolean late;
    private final Map<String, Map<String, JsonNode>> namespaces = new ConcurrentHashMap<>();
    private final List<Runnable> unseen = new CopyOnWriteArrayList<>();

    PineconeDouble() throws IOException {
        endpoint = new Endpoint(this::answer);
    }

    PineconeMemory memory() {
        return new PineconeMemory(Configs.of(
                PineconeMemory.Config.class,
                Map.of("index", "king", ".key", KEY, "address", endpoint.url(), "seconds", 5)));
    }

    /** What was written can be read now. */
    void settle() {
        List<Runnable> writes = List.copyOf(unseen);
        unseen.removeAll(writes);
        writes.forEach(Runnable::run);
    }

    private Endpoint.Reply answer(Endpoint.Asked asked) throws IOException {
        boolean control = asked.path().startsWith("/indexes/");
        if (!KEY.equals(asked.headers().get("api-key"))) {
            return error(
                    control,
                    401,
                    "UNAUTHENTICATED",
                    16,
                    "Invalid API Key " + asked.headers().get("api-key"));
        }
        if (!"2026-04".equals(asked.headers().get("x-pinecone-api-version"))) {
            return error(control, 400, "INVALID_ARGUMENT", 3, "X-Pinecone-Api-Version is required");
        }
        if (control) {
            return asked.path().equals("/indexes/king") && asked.method().equals("GET")
                    ? index()
                    : error(true, 404, "NOT_FOUND", 5, "Resource not found");
        }
        if (!asked.method().equals("POST")) {
            return error(false, 405, "UNIMPLEMENTED", 12, "Method not allowed");
        }
        JsonNode body = Endpoint.JSON.readTree(asked.body());
        return switch (asked.path()) {
            case "/vectors/upsert" -> upsert(body);
            case "/query" -> query(body);
            case "/vectors/delete" -> delete(body);
            default -> error(false, 404, "NOT_FOUND", 5, "no such path");
        };
    }

    static Endpoint.Reply error(boolean control, int status, String code, int number, String message) {
        ObjectNode body = Endpoint.JSON.createObjectNode();
        if (control) {
            body.putObject("error").put("code", code).put("message", message);
            body.put("status", status);
            Schemas.check(Schemas.CONTROL, "ErrorResponse", body);
        } else {
            body.put("code", number).put("message", message).putArray("details");
            Schemas.check(Schemas.DATA, "rpcStatus", body);
        }
        return Endpoint.Reply.of(status, body);
    }

    private Endpoint.Reply index() {
        ObjectNode model = Endpoint.JSON.createObjectNode();
        model.put("name", "king")
                .put("metric", metric)
                .put("dimension", dimension)
                .put("host", endpoint.url())
                .put("vector_type", "dense")
                .put("deletion_protection", "disabled");
        ObjectNode serverless = model.putObject("spec").putObject("serverless");
        serverless.put("cloud", "aws").put("region", "us-east-1");
        serverless
                .putObject("read_capacity")
                .put("mode", "OnDemand")
                .putObject("status")
                .put("state", "Ready");
        model.putObject("status").put("ready", true).put("state", "Ready");
        Schemas.check(Schemas.CONTROL, "IndexModel", model);
        return Endpoint.Reply.of(200, model);
    }

    private void write(Runnable change) {
        if (late) {
            unseen.add(change);
        } else {
            change.run();
        }
    }

    private Endpoint.Reply upsert(JsonNode body) {
        Schemas.check(Schemas.DATA, "UpsertRequest", body);
        if (body.path("vectors").size() > 1000) {
            return error(false, 400, "", 3, "at most 1000 vectors");
        }
        for (JsonNode vector : body.path("vectors")) {
            if (vector.path("values").size() != dimension) {
                return error(
                        false,
                        400,
                        "",
                        3,
                        "Vector dimension " + vector.path("values").size()
                                + " does not match the dimension of the index " + dimension);
            }
            if (vector.path("metadata").toString().length() > 40_960) {
                return error(false, 400, "", 3, "metadata size exceeds 40960 bytes");
            }
        }
        write(() -> body.path("vectors").forEach(vector -> namespaces
                .computeIfAbsent(body.path("namespace").asText(), name -> new ConcurrentHashMap<>())
                .put(vector.path("id").asText(), vector)));
        ObjectNode answer = Endpoint.JSON
                .createObjectNode()
                .put("upsertedCount", body.path("vectors").size());
        Schemas.check(Schemas.DATA, "UpsertResponse", answer);
        return Endpoint.Reply.of(200, answer);
    }

    private Endpoint.Reply query(JsonNode body) {
        Schemas.check(Schemas.DATA, "QueryRequest", body);
        if (body.path("vector").size() != dimension) {
            return error(false, 400, "", 3, "Vector dimension does not match");
        }
        List<ObjectNode> matches = new ArrayList<>();
        namespaces
                .getOrDefault(body.path("namespace").asText(), Map.of())
                .values()
                .forEach(vector -> {
                    if (holds(vector.path("metadata"), body.path("filter"))) {
                        ObjectNode match = Endpoint.JSON.createObjectNode();
                        match.put("id", vector.path("id").asText());
                        match.put("score", cosine(body.path("vector"), vector.path("values")));
                        match.set("metadata", vector.path("metadata"));
                        matches.add(match);
                    }
                });
        matches.sort(Comparator.comparingDouble(match -> -match.path("score").asDouble()));
        ObjectNode answer = Endpoint.JSON.createObjectNode();
        ArrayNode list = answer.putArray("matches");
        matches.stream().limit(body.path("topK").asInt()).forEach(list::add);
        answer.put("namespace", body.path("namespace").asText());
        answer.putObject("usage").put("readUnits", 1);
        Schemas.check(Schemas.DATA, "QueryResponse", answer);
        return Endpoint.Reply.of(200, answer);
    }

    private static boolean holds(JsonNode metadata, JsonNode filter) {
        var fields = filter.fields();
        while (fields.hasNext()) {
            var field = fields.next();
            JsonNode value = metadata.path(field.getKey());
            if (!value.isTextual() || !value.equals(field.getValue().path("$eq"))) {
                return false;
            }
        }
        return true;
    }

    private static double cosine(JsonNode a, JsonNode b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.size(); i++) {
            dot += a.get(i).asDouble() * b.get(i).asDouble();
            lengthA += a.get(i).asDouble() * a.get(i).asDouble();
            lengthB += b.get(i).asDouble() * b.get(i).asDouble();
        }
        return dot / Math.sqrt(lengthA * lengthB);
    }

    private Endpoint.Reply delete(JsonNode body) {
        Schemas.check(Schemas.DATA, "DeleteRequest", body);
        Map<String, JsonNode> namespace = namespaces.get(body.path("namespace").asText());
        if (namespace == null && !late) {
            return error(false, 404, "", 5, "Namespace not found");
        }
        write(() -> body.path("ids").forEach(id -> namespaces
                .getOrDefault(body.path("namespace").asText(), new ConcurrentHashMap<>())
                .remove(id.asText())));
        return Endpoint.Reply.of(200, Endpoint.JSON.createObjectNode());
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
