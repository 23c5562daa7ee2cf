/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtteranceTest {

    @Test
    void findsPeriodAmountAndName() {
        assertThat(new Utterance("Start a shop called \"Blue Paw\" with $1,500 next month").parameters())
                .isEqualTo(Map.of("name", "Blue Paw", "amount", "1500", "currency", "USD", "period", "next month"));
        assertThat(new Utterance("Order for 250 euros in Q4 2026").parameters())
                .isEqualTo(Map.of("amount", "250", "currency", "EUR", "period", "q4 2026"));
    }

    @Test
    void splitsALongTextIntoFewSentences() {
        String text = "Plan the quarter for us. ".repeat(1_000);
        assertThat(new Utterance(text).whole()).hasSizeLessThanOrEqualTo(1_500);
        assertThat(new Utterance(text).sentences()).hasSizeLessThanOrEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shut down the business", "Close our online shop permanently", "Please dissolve the firm."})
    void hearsTheOrderToEndABusiness(String text) {
        assertThat(new Utterance(text).ends()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"End the contract with the company", "Stop the shop newsletter", "Close the shop's account"})
    void hearsNoSuchOrderWhereTheBusinessIsNotTheObject(String text) {
        assertThat(new Utterance(text).ends()).isFalse();
    }
}
