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
        Map<String, Object> config = Map.of("url", stripe.url(), ".key", StripeDouble.KEY);
        return new StripeTool(Configs.of(StripeTool.Config.class, config), Map.of("king.tool.name", "stripe.transfer"))
                .invoke(new ToolCall(
                        "step:hash:0",
                        Optional.empty(),
                        Map.of("destination", "acct_12345", "amount", "99.00", "currency", "USD")));
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
