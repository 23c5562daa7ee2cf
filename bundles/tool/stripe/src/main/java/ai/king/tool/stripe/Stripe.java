/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.stripe;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Stripe's protocol: forms in, JSON out, an idempotency key with each effect; and what its errors mean. */
final class Stripe {

    private static final int LARGEST = 4 * 1024 * 1024;
    private static final Pattern KEYS = Pattern.compile("\\b[rsp]k_(live|test)_[\\w*]+");
    private static final String MARK = "king_key";
    private static final int PAGES = 5;

    private final ObjectMapper json = new ObjectMapper();
    private final Wire wire;
    private final Quoted quoted;
    private final String url;
    private final String key;
    private final String version;

    Stripe(String url, String key, String version, Duration time) {
        this.url = url;
        this.key = key;
        this.version = version;
        this.wire = new Wire(time, LARGEST);
        this.quoted = new Quoted(key, KEYS);
    }

    /** An answer that is no success, as the result it means. */
    private static final class Declined extends Exception {
        private static final long serialVersionUID = 1;
        private final transient ToolResult result;

        Declined(ToolResult result) {
            super(null, null, false, false);
            this.result = result;
        }
    }

    @FunctionalInterface
    private interface Work {
        ToolResult run() throws Declined;
    }

    private static ToolResult told(Work work) {
        try {
            return work.run();
        } catch (Declined e) {
            return e.result;
        } catch (IllegalArgumentException e) {
            return new ToolResult.Failed(String.valueOf(e.getMessage()), false);
        }
    }

    ToolResult refund(String callKey, Map<String, Object> arguments) {
        return told(() -> {
            String payment = String.valueOf(arguments.get("payment"));
            String currency = String.valueOf(arguments.get("currency"));
            long amount = Minor.of(String.valueOf(arguments.get("amount")), currency);
            // A person or a profile judged an amount of this currency; the payment's own decides what it would be.
            String real = get("/v1/payment_intents/" + payment, Map.of())
                    .path("currency")
                    .asText()
                    .toUpperCase(Locale.ROOT);
            if (!real.equals(currency)) {
                return new ToolResult.Failed(
                        "the payment " + payment + " is in " + real + ", not in " + currency, false);
            }
            Map<String, String> form = new LinkedHashMap<>();
            form.put("payment_intent", payment);
            form.put("amount", Long.toString(amount));
            if (arguments.get("reason") instanceof String reason) {
                form.put("reason", reason);
            }
            return made(post("/v1/refunds", callKey, callKey, form));
        });
    }

    ToolResult transfer(String callKey, Map<String, Object> arguments) {
        return told(() -> {
            String currency = String.valueOf(arguments.get("currency"));
            Map<String, String> form = new LinkedHashMap<>();
            form.put("destination", String.valueOf(arguments.get("destination")));
            form.put("amount", Long.toString(Minor.of(String.valueOf(arguments.get("amount")), currency)));
            form.put("currency", currency.toLowerCase(Locale.ROOT));
            if (arguments.get("description") instanceof String description) {
                form.put("description", description);
            }
            return made(post("/v1/transfers", callKey, callKey, form));
        });
    }

    ToolResult paymentLink(String callKey, Map<String, Object> arguments) {
        return told(() -> {
            String currency = String.valueOf(arguments.get("currency"));
            Map<String, String> price = new LinkedHashMap<>();
            price.put("currency", currency.toLowerCase(Locale.ROOT));
            price.put("unit_amount", Long.toString(Minor.of(String.valueOf(arguments.get("amount")), currency)));
            price.put("product_data[name]", String.valueOf(arguments.get("name")));
            JsonNode made = post("/v1/prices", callKey + ":price", callKey, price);
            Map<String, String> link = new LinkedHashMap<>();
            link.put("line_items[0][price]", made.path("id").asText());
            link.put("line_items[0][quantity]", String.valueOf(arguments.getOrDefault("quantity", 1)));
            return made(post("/v1/payment_links", callKey, callKey, link));
        });
    }

    ToolResult balance() {
        return told(() -> {
            JsonNode body = get("/v1/balance", Map.of());
            return ToolResult.ok(
                    Map.of("available", sums(body.path("available")), "pending", sums(body.path("pending"))));
        });
    }

    private static List<Map<String, Object>> sums(JsonNode list) {
        List<Map<String, Object>> sums = new ArrayList<>();
        list.forEach(each -> {
            String currency = each.path("currency").asText().toUpperCase(Locale.ROOT);
            sums.add(Map.of("amount", Minor.text(each.path("amount").asLong(), currency), "currency", currency));
        });
        return sums;
    }

    /** What became of a key: it is there, it surely is not, or nobody can tell. */
    ToolResult find(String kind, String callKey) {
        return told(() -> {
            Map<String, String> query = new LinkedHashMap<>(Map.of("limit", "100"));
            for (int page = 0; page < PAGES; page++) {
                JsonNode body = get("/v1/" + kind, query);
                for (JsonNode each : body.path("data")) {
                    if (each.path("metadata").path(MARK).asText().equals(callKey)) {
                        return made(each);
                    }
                    query.put("starting_after", each.path("id").asText());
                }
                if (!body.path("has_more").asBoolean()) {
                    return new ToolResult.Failed("Stripe has nothing with this key", true);
                }
            }
            return new ToolResult.Unknown("too much has happened at Stripe since");
        });
    }

    private static ToolResult made(JsonNode body) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String field : List.of("id", "status", "url", "payment_intent", "destination")) {
            if (body.path(field).isTextual()) {
                data.put(field, body.path(field).asText());
            }
        }
        String currency = body.path("currency").asText().toUpperCase(Locale.ROOT);
        if (body.path("amount").isNumber() && !currency.isEmpty()) {
            data.put("amount", Minor.text(body.path("amount").asLong(), currency));
            data.put("currency", currency);
        }
        if ("failed".equals(data.get("status"))) {
            return new ToolResult.Failed("Stripe says that " + data.get("id") + " failed", false);
        }
        return ToolResult.ok(data);
    }

    private JsonNode get(String path, Map<String, String> query) throws Declined {
        String text = query.isEmpty() ? "" : "?" + form(query);
        return send(request(path + text).GET(), false);
    }

    private JsonNode post(String path, String idempotencyKey, String callKey, Map<String, String> form)
            throws Declined {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("metadata[" + MARK + "]", callKey);
        return send(
                request(path)
                        .header("Idempotency-Key", idempotencyKey)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(all))),
                true);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + key)
                .header("Stripe-Version", version);
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private JsonNode send(HttpRequest.Builder request, boolean effect) throws Declined {
        try {
            Wire.Answer answer = wire.send(request.build());
            if (answer.good()) {
                return json.readTree(answer.body());
            }
            throw new Declined(error(answer, effect));
        } catch (Wire.Unsent e) {
            throw new Declined(new ToolResult.Failed("Stripe cannot be reached", true));
        } catch (JsonProcessingException e) {
            throw new Declined(lost("Stripe answers something that is no JSON", effect));
        } catch (IOException e) {
            throw new Declined(lost("no answer of Stripe: " + quoted.of(String.valueOf(e.getMessage())), effect));
        }
    }

    private static ToolResult lost(String reason, boolean effect) {
        return effect ? new ToolResult.Unknown(reason) : new ToolResult.Failed(reason, true);
    }

    private ToolResult error(Wire.Answer answer, boolean effect) {
        JsonNode error = json.createObjectNode();
        try {
            error = json.readTree(answer.body()).path("error");
        } catch (JsonProcessingException e) {
            // The status alone says what it means.
            error = json.createObjectNode();
        }
        String reason = "Stripe answers " + answer.status() + ": "
                + quoted.of(error.path("message").asText("no reason"));
        return switch (answer.status()) {
            case 401 -> new ToolResult.Missing(List.of("a valid key of Stripe: it refuses the configured one"));
            case 403 -> new ToolResult.Missing(List.of("the right to do this with the key of Stripe: " + reason));
            case 429 -> new ToolResult.Failed(reason, true);
                // Somebody is at this very key now: what becomes of it is not known yet.
            case 409 -> lost(reason, effect);
            default -> answer.status() >= 500 ? lost(reason, effect) : new ToolResult.Failed(reason, false);
        };
    }
}
