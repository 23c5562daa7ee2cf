/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.stripe;

import ai.king.lib.http.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stripe as its reference has it: forms with brackets, a first answer kept for each idempotency key, its error envelope. */
final class StripeDouble extends Endpoint {

    static final String KEY = "rk_test_Very5ecretKey1234";

    final Map<String, List<Map<String, Object>>> objects = new LinkedHashMap<>();
    private final Map<String, Map.Entry<String, Reply>> kept = new HashMap<>();
    /** The effect happens and its answer is lost. */
    boolean loseAnswers;

    StripeDouble() throws IOException {
        super(asked -> null);
        behaviour = this::answer;
    }

    int made() {
        return objects.values().stream().mapToInt(List::size).sum();
    }

    /** Each answer names its request; one that was given before says so. */
    private synchronized Reply answer(Asked asked) {
        boolean replayed = kept.containsKey(asked.headers().getOrDefault("idempotency-key", ""));
        Reply reply = judged(asked);
        if (reply == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("Request-Id", "req_" + this.asked.size());
        if (replayed && reply.status() == 200) {
            headers.put("Idempotent-Replayed", "true");
        }
        return new Reply(reply.status(), headers, reply.body());
    }

    private Reply judged(Asked asked) {
        if (!("Bearer " + KEY).equals(asked.headers().get("authorization"))) {
            return error(401, "invalid_request_error", null, "Invalid API Key provided: rk_test_*****1234");
        }
        if (!asked.headers().containsKey("stripe-version")) {
            return error(400, "invalid_request_error", null, "no version");
        }
        if (asked.method().equals("GET")) {
            return read(asked);
        }
        String key = asked.headers().get("idempotency-key");
        if (key == null || key.length() > 255) {
            return error(400, "invalid_request_error", null, "a key of at most 255 characters");
        }
        Map.Entry<String, Reply> first = kept.get(key);
        if (first != null && !first.getKey().equals(asked.path() + asked.body())) {
            return error(
                    400,
                    "idempotency_error",
                    null,
                    "Keys for idempotent requests can only be used with the same parameters they were first used with. Try"
                            + " using a key other than '" + key + "' if you meant to execute a different request.");
        }
        Reply reply = first != null ? first.getValue() : make(asked);
        kept.put(key, Map.entry(asked.path() + asked.body(), reply));
        return loseAnswers ? null : reply;
    }

    private Reply make(Asked asked) {
        Map<String, String> form = pairs(asked.body());
        String kind = asked.path().substring("/v1/".length());
        if (kind.equals("transfers") && Long.parseLong(form.get("amount")) > 1_000_000) {
            return error(400, "invalid_request_error", "balance_insufficient", "You have insufficient available funds");
        }
        String id = Map.of("refunds", "re_", "transfers", "tr_", "prices", "price_", "payment_links", "plink_")
                        .get(kind)
                + (made() + 1);
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("id", id);
        made.put("object", kind.substring(0, kind.length() - 1));
        if (form.containsKey("amount")) {
            made.put("amount", Long.parseLong(form.get("amount")));
            made.put("currency", form.getOrDefault("currency", "usd"));
        }
        if (kind.equals("refunds")) {
            made.put("status", "succeeded");
            made.put("payment_intent", form.get("payment_intent"));
        }
        if (kind.equals("payment_links")) {
            made.put("url", "https://buy.stripe.com/test_1");
        }
        made.put("metadata", Map.of("king_key", form.getOrDefault("metadata[king_key]", "")));
        objects.computeIfAbsent(kind, k -> new ArrayList<>()).add(0, made);
        return Reply.of(200, made);
    }

    private Reply read(Asked asked) {
        if (asked.path().startsWith("/v1/payment_intents/pi_")) {
            return Reply.of(200, Map.of("id", "pi_1234", "amount", 5000, "currency", "usd", "status", "succeeded"));
        }
        if (asked.path().equals("/v1/balance")) {
            return Reply.of(
                    200,
                    Map.of(
                            "object", "balance",
                            "available", List.of(Map.of("amount", 123450, "currency", "usd")),
                            "pending", List.of(Map.of("amount", 5000, "currency", "jpy"))));
        }
        List<Map<String, Object>> all = objects.getOrDefault(asked.path().substring("/v1/".length()), List.of());
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            from = all.get(i).get("id").equals(asked.query().get("starting_after")) ? i + 1 : from;
        }
        int to = Math.min(all.size(), from + Integer.parseInt(asked.query().getOrDefault("limit", "10")));
        return Reply.of(
                200,
                Map.of(
                        "object",
                        "list",
                        "url",
                        asked.path(),
                        "data",
                        all.subList(from, to),
                        "has_more",
                        to < all.size()));
    }

    /** A card that its bank does not take money from. */
    static Reply declined() {
        return Reply.of(
                402,
                Map.of(
                        "error",
                        Map.of(
                                "type", "card_error",
                                "code", "card_declined",
                                "decline_code", "insufficient_funds",
                                "doc_url", "https://stripe.com/docs/error-codes/card-declined",
                                "message", "Your card has insufficient funds.")));
    }

    /** Too many requests at once. */
    static Reply limited() {
        return error(
                429,
                "invalid_request_error",
                "rate_limit",
                "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.");
    }

    static Reply error(int status, String type, String code, String message) {
        Map<String, Object> error = new HashMap<>(Map.of("type", type, "message", message));
        if (code != null) {
            error.put("code", code);
        }
        return Reply.of(status, Map.of("error", error));
    }
}
