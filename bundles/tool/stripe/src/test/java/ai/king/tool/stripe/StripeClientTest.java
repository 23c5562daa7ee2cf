/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.lib.http.Endpoint;
import ai.king.lib.wire.VendorClient;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe's own client for Node at our double: the double is held to Stripe's protocol, and not to what we take for it. */
class StripeClientTest {

    private static final Map<String, Object> TRANSFER =
            Map.of("destination", "acct_12345", "amount", 9900, "currency", "usd");

    private static final Map<String, String> TYPES = Map.of(
            "refunds", "Stripe.Refund",
            "transfers", "Stripe.Transfer",
            "prices", "Stripe.Price",
            "payment_links", "Stripe.PaymentLink",
            "payment_intents", "Stripe.PaymentIntent",
            "balance", "Stripe.Balance");

    private StripeDouble stripe;

    @BeforeEach
    void open() throws IOException {
        stripe = new StripeDouble();
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    @SafeVarargs
    private JsonNode understood(Map<String, Object>... calls) throws IOException, InterruptedException {
        return VendorClient.call("stripe", stripe.url(), StripeDouble.KEY, List.of(calls));
    }

    private static Map<String, Object> transfer(String key, Map<String, Object> params) {
        return Map.of("resource", "transfers", "method", "create", "params", params, "idempotencyKey", key);
    }

    /** What the tool makes of the same answer. */
    private ToolResult told() {
        return call("stripe.transfer", Map.of("destination", "acct_12345", "amount", "99.00", "currency", "USD"));
    }

    private ToolResult call(String name, Map<String, Object> arguments) {
        String key = name.equals("stripe.transfer") ? "step:hash:0" : name;
        return tool(name).invoke(new ToolCall(key, Optional.empty(), arguments));
    }

    private StripeTool tool(String name) {
        Map<String, Object> config = Map.of("url", stripe.url(), ".key", StripeDouble.KEY);
        return new StripeTool(Configs.of(StripeTool.Config.class, config), Map.of("king.tool.name", name));
    }

    @Test
    void everyOperationOfTheToolIsUnderstood() throws IOException, InterruptedException {
        JsonNode all = understood(
                Map.of("resource", "paymentIntents", "method", "retrieve", "params", "pi_1234"),
                Map.of(
                        "resource", "refunds",
                        "method", "create",
                        "params", Map.of("payment_intent", "pi_1234", "amount", 1250),
                        "idempotencyKey", "a"),
                Map.of("resource", "balance", "method", "retrieve"),
                Map.of(
                        "resource", "prices",
                        "method", "create",
                        "params",
                                Map.of("currency", "usd", "unit_amount", 4900, "product_data", Map.of("name", "Lamp")),
                        "idempotencyKey", "b"),
                Map.of(
                        "resource", "paymentLinks",
                        "method", "create",
                        "params", Map.of("line_items", List.of(Map.of("price", "price_2", "quantity", 1))),
                        "idempotencyKey", "c"));
        assertThat(all).allSatisfy(one -> assertThat(one.has("error")).isFalse());
        assertThat(all.get(0).at("/answer/currency").asText()).isEqualTo("usd");
        assertThat(all.get(1).at("/answer/status").asText()).isEqualTo("succeeded");
        assertThat(all.get(1).path("request").asText()).startsWith("req_");
        assertThat(all.get(2).at("/answer/available/0/amount").asLong()).isEqualTo(123450);
        assertThat(all.get(4).at("/answer/url").asText()).startsWith("https://");
    }

    @Test
    void theFormOfTheToolIsThatOfTheClient() throws IOException, InterruptedException {
        told();
        Endpoint.Asked ours = stripe.asked.get(0);
        understood(transfer(
                "other",
                Map.of(
                        "destination",
                        "acct_12345",
                        "amount",
                        9900,
                        "currency",
                        "usd",
                        "metadata",
                        Map.of("king_key", "step:hash:0"))));
        Endpoint.Asked theirs = stripe.asked.get(1);
        assertThat(ours.method() + ours.path()).isEqualTo(theirs.method() + theirs.path());
        assertThat(Endpoint.pairs(ours.body())).isEqualTo(Endpoint.pairs(theirs.body()));
        assertThat(ours.headers().get("content-type"))
                .isEqualTo(theirs.headers().get("content-type"));
        assertThat(theirs.headers()).containsKeys("authorization", "stripe-version", "idempotency-key");
    }

    /** Stripe makes its client's types from the schema that it publishes. */
    @Test
    void everyFieldThatIsSentOrAnsweredIsOneOfStripes() throws IOException, InterruptedException {
        List<Map<String, Object>> checks = new ArrayList<>();
        Endpoint.Behaviour whole = stripe.behaviour;
        stripe.behaviour = asked -> {
            Endpoint.Reply reply = whole.answer(asked);
            String kind = asked.path().split("/")[2];
            String type = asked.path().matches("/v1/(transfers|refunds)")
                            && asked.method().equals("GET")
                    ? "Stripe.ApiList<" + TYPES.get(kind) + ">"
                    : TYPES.get(kind);
            checks.add(Map.of("type", type, "value", reply.body()));
            if (asked.method().equals("POST")) {
                Map<String, Object> sent = nested(Endpoint.pairs(asked.body()));
                checks.add(Map.of("type", TYPES.get(kind) + "CreateParams", "value", sent, "whole", true));
            }
            return reply;
        };
        Map<String, Object> money = Map.of("amount", "12.50", "currency", "USD");
        call("stripe.refund", with(money, "payment", "pi_1234", "reason", "requested_by_customer"));
        call("stripe.transfer", with(money, "destination", "acct_12345", "description", "October"));
        call("stripe.payment_link", with(money, "name", "Lamp"));
        call("stripe.balance", Map.of());
        tool("stripe.transfer").lookup("step:hash:0");
        assertThat(checks).hasSize(11);
        checks.add(Map.of("type", "Stripe.RefundCreateParams", "value", Map.of("other", "x"), "whole", true));
        assertThat(VendorClient.faults("stripe", checks))
                .as("nothing but the field that is not Stripe's")
                .singleElement()
                .asString()
                .contains("other", "RefundCreateParams");
    }

    private static Map<String, Object> with(Map<String, Object> all, String... more) {
        Map<String, Object> map = new LinkedHashMap<>(all);
        for (int i = 0; i < more.length; i += 2) {
            map.put(more[i], more[i + 1]);
        }
        return map;
    }

    /** A form as the object that the client makes it of: brackets, lists by their numbers, figures. */
    private static Map<String, Object> nested(Map<String, String> form) {
        Map<String, Object> root = new LinkedHashMap<>();
        form.forEach((key, value) -> {
            String[] parts = key.replace("]", "").split("\\[");
            Object at = root;
            for (int i = 0; i < parts.length; i++) {
                boolean last = i == parts.length - 1;
                boolean list = !last && parts[i + 1].matches("\\d+");
                Object figure = value.matches("\\d+") ? (Object) Long.valueOf(value) : value;
                at = put(at, parts[i], last ? figure : list ? new ArrayList<>() : new LinkedHashMap<>());
            }
        });
        return root;
    }

    @SuppressWarnings("unchecked")
    private static Object put(Object at, String part, Object fresh) {
        if (at instanceof List<?> list) {
            int index = Integer.parseInt(part);
            if (index == list.size()) {
                ((List<Object>) list).add(fresh);
            }
            return list.get(index);
        }
        Object before = ((Map<String, Object>) at).putIfAbsent(part, fresh);
        return before == null ? fresh : before;
    }

    @Test
    void theSameKeyHasOneEffectAndIsRefusedForAnother() throws IOException, InterruptedException {
        JsonNode all = understood(
                transfer("k", TRANSFER),
                transfer("k", TRANSFER),
                transfer("k", Map.of("destination", "acct_12345", "amount", 1, "currency", "usd")));
        assertThat(all.get(0).path("replayed").asBoolean()).isFalse();
        assertThat(all.get(1).path("replayed").asBoolean()).isTrue();
        assertThat(all.get(1).at("/answer/id")).isEqualTo(all.get(0).at("/answer/id"));
        assertThat(all.get(2).path("error").asText()).isEqualTo("StripeIdempotencyError");
        assertThat(stripe.made()).isEqualTo(1);
    }

    @Test
    void theClientsOwnRetryAfterALostAnswerHasOneEffect() throws IOException, InterruptedException {
        AtomicInteger times = new AtomicInteger();
        Endpoint.Behaviour whole = stripe.behaviour;
        stripe.behaviour = asked -> {
            Endpoint.Reply reply = whole.answer(asked);
            return times.getAndIncrement() == 0 ? null : reply;
        };
        JsonNode one = understood(Map.of(
                        "resource",
                        "transfers",
                        "method",
                        "create",
                        "params",
                        TRANSFER,
                        "idempotencyKey",
                        "k",
                        "retries",
                        2))
                .get(0);
        assertThat(one.path("replayed").asBoolean()).isTrue();
        assertThat(stripe.made()).isEqualTo(1);
    }

    @Test
    void listsArePagedAsTheClientExpects() throws IOException, InterruptedException {
        List<Map<String, Object>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(transfer("k" + i, TRANSFER));
        }
        calls.add(Map.of("resource", "transfers", "method", "listAll", "params", Map.of("limit", 2)));
        JsonNode all = VendorClient.call("stripe", stripe.url(), StripeDouble.KEY, calls);
        assertThat(all.get(5).path("ids"))
                .extracting(JsonNode::asText)
                .containsExactly("tr_5", "tr_4", "tr_3", "tr_2", "tr_1");
    }

    @Test
    void aDeclinedCardIsOneForTheClientAndAnEndForTheTool() throws IOException, InterruptedException {
        stripe.behaviour = asked -> StripeDouble.declined();
        JsonNode one = understood(transfer("k", TRANSFER)).get(0);
        assertThat(one.path("error").asText()).isEqualTo("StripeCardError");
        assertThat(one.path("code").asText()).isEqualTo("card_declined");
        assertThat(one.path("decline").asText()).isEqualTo("insufficient_funds");
        assertThat(told().toString()).contains("Your card has insufficient funds", "retriable=false");
    }

    @Test
    void aLimitIsOneForTheClientAndPassesForTheTool() throws IOException, InterruptedException {
        stripe.behaviour = asked -> StripeDouble.limited();
        JsonNode one = understood(transfer("k", TRANSFER)).get(0);
        assertThat(one.path("error").asText()).isEqualTo("StripeRateLimitError");
        assertThat(one.path("status").asInt()).isEqualTo(429);
        assertThat(told().toString()).contains("retriable=true");
    }

    @Test
    void moneyThatIsNotThereAndAWrongKeyAreWhatTheClientCallsThem() throws IOException, InterruptedException {
        JsonNode much = understood(
                        transfer("k", Map.of("destination", "acct_12345", "amount", 9_999_900, "currency", "usd")))
                .get(0);
        assertThat(much.path("error").asText()).isEqualTo("StripeInvalidRequestError");
        assertThat(much.path("code").asText()).isEqualTo("balance_insufficient");
        JsonNode wrong = VendorClient.call("stripe", stripe.url(), "rk_test_wrong", List.of(transfer("k", TRANSFER)))
                .get(0);
        assertThat(wrong.path("error").asText()).isEqualTo("StripeAuthenticationError");
        assertThat(stripe.made()).isZero();
    }
}
