/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.kit.Configs;
import ai.king.lib.http.Endpoint;
import ai.king.tool.Effect;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeProtocolTest {

    private static final Map<String, Object> REFUND =
            Map.of("payment", "pi_1234", "amount", "12.50", "currency", "USD");
    private static final Map<String, Object> TRANSFER =
            Map.of("destination", "acct_12345", "amount", "99.00", "currency", "USD");

    private StripeDouble stripe;

    @BeforeEach
    void open() throws IOException {
        stripe = new StripeDouble();
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    private StripeTool tool(String name, String key) {
        return new StripeTool(
                Configs.of(StripeTool.Config.class, new HashMap<>(Map.of("url", stripe.url(), ".key", key))),
                Map.of("king.tool.name", name));
    }

    private ToolResult call(String name, Map<String, Object> arguments) {
        return tool(name, StripeDouble.KEY).invoke(new ToolCall("step:hash:0", Optional.empty(), arguments));
    }

    private static Map<String, Object> data(ToolResult result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok) result).data();
    }

    @Test
    void refundsUnderTheKeyOfTheCall() {
        assertThat(data(call("stripe.refund", REFUND)))
                .isEqualTo(Map.of(
                        "id",
                        "re_1",
                        "status",
                        "succeeded",
                        "payment_intent",
                        "pi_1234",
                        "amount",
                        "12.50",
                        "currency",
                        "USD"));
        Endpoint.Asked asked = stripe.asked.get(1);
        assertThat(asked.headers())
                .containsEntry("idempotency-key", "step:hash:0")
                .containsKey("stripe-version");
        assertThat(Endpoint.pairs(asked.body()))
                .isEqualTo(Map.of("payment_intent", "pi_1234", "amount", "1250", "metadata[king_key]", "step:hash:0"));
    }

    @Test
    void declaresWhatItSpends() {
        assertThat(tool("stripe.refund", "x").spec().spend().orElseThrow().payee())
                .isEqualTo("payment");
        assertThat(tool("stripe.transfer", "x").spec().spend().orElseThrow().payee())
                .isEqualTo("destination");
        assertThat(tool("stripe.payment_link", "x").spec().effect()).isEqualTo(Effect.PUBLISH);
        assertThat(tool("stripe.balance", "x").spec().effect()).isEqualTo(Effect.READ_OUTSIDE);
        assertThatThrownBy(() -> tool("stripe.other", "x")).hasMessageContaining("stripe.other");
    }

    @Test
    void refusesAnAmountInAnotherCurrencyThanThePayments() {
        Map<String, Object> yen = Map.of("payment", "pi_1234", "amount", "1250", "currency", "JPY");
        assertThat(call("stripe.refund", yen).toString()).contains("Failed", "is in USD");
        assertThat(stripe.made()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"12.50,USD,1250", "12.5,EUR,1250", "1250,JPY,1250", "5.120,KWD,5120"})
    void writesAmountsInTheSmallestUnit(String amount, String currency, long minor) {
        assertThat(Minor.of(amount, currency)).isEqualTo(minor);
        assertThat(Minor.of(Minor.text(minor, currency), currency)).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({"12.505,USD", "1.5,JPY", "5.123,KWD", "0,USD"})
    void refusesAmountsThatTheCurrencyDoesNotHave(String amount, String currency) {
        assertThatThrownBy(() -> Minor.of(amount, currency)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesAPaymentLinkInTwoStepsThatRepeatWithoutEffect() {
        Map<String, Object> lamp = Map.of("name", "Lamp", "amount", "49.00", "currency", "USD");
        assertThat(data(call("stripe.payment_link", lamp))).containsEntry("url", "https://buy.stripe.com/test_1");
        call("stripe.payment_link", lamp);
        assertThat(stripe.made()).isEqualTo(2);
    }

    @Test
    void readsTheBalance() {
        assertThat(data(call("stripe.balance", Map.of())))
                .isEqualTo(Map.of(
                        "available", List.of(Map.of("amount", "1234.50", "currency", "USD")),
                        "pending", List.of(Map.of("amount", "5000", "currency", "JPY"))));
    }

    @Test
    void aLostAnswerIsFoundByTheKey() {
        stripe.loseAnswers = true;
        assertThat(call("stripe.transfer", TRANSFER)).isInstanceOf(ToolResult.Unknown.class);
        stripe.loseAnswers = false;
        for (int i = 0; i < 150; i++) {
            tool("stripe.transfer", StripeDouble.KEY).invoke(new ToolCall("other:" + i, Optional.empty(), TRANSFER));
        }
        StripeTool tool = tool("stripe.transfer", StripeDouble.KEY);
        assertThat(data(tool.lookup("step:hash:0").orElseThrow())).containsEntry("id", "tr_1");
        assertThat(tool.lookup("never").orElseThrow().toString()).contains("Failed", "retriable=true");
    }

    @Test
    void withoutAKeyNothingIsAsked() {
        assertThat(tool("stripe.refund", "")
                        .invoke(new ToolCall("k", Optional.empty(), REFUND))
                        .toString())
                .contains("Missing", ".key");
        assertThat(tool("stripe.refund", "").missing())
                .singleElement()
                .asString()
                .contains(".key");
        assertThat(tool("stripe.refund", "").lookup("step:hash:0")).isEmpty();
        assertThat(stripe.asked).isEmpty();
    }

    @Test
    void aWrongKeyIsMissing() {
        assertThat(tool("stripe.transfer", "wrong").invoke(new ToolCall("k", Optional.empty(), TRANSFER)))
                .isInstanceOf(ToolResult.Missing.class);
    }

    @Test
    void moneyThatIsNotThereDidNotMove() {
        Map<String, Object> much = Map.of("destination", "acct_12345", "amount", "99999.00", "currency", "USD");
        assertThat(call("stripe.transfer", much).toString()).contains("insufficient", "retriable=false");
    }

    @ParameterizedTest
    @CsvSource({
        "400, retriable=false",
        "402, retriable=false",
        "403, Missing",
        "404, retriable=false",
        "409, Unknown",
        "429, retriable=true",
        "500, Unknown",
        "503, Unknown"
    })
    void saysWhatAnErrorOfAnEffectMeans(int status, String meaning) {
        stripe.behaviour = asked -> StripeDouble.error(status, "x", null, "no " + StripeDouble.KEY);
        assertThat(call("stripe.transfer", TRANSFER).toString())
                .contains(meaning)
                .doesNotContain(StripeDouble.KEY);
    }

    @Test
    void anAnswerThatIsNoJsonIsUnclearForAnEffectOnly() {
        stripe.behaviour = asked -> Endpoint.Reply.of(200, "<html>");
        assertThat(call("stripe.transfer", TRANSFER)).isInstanceOf(ToolResult.Unknown.class);
        assertThat(call("stripe.balance", Map.of())).isInstanceOf(ToolResult.Failed.class);
    }
}
