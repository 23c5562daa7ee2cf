/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Close the shop for good",
                "improve the store and then shut the whole company down",
                "delete all customers",
                "wipe the database",
                "Get rid of everything",
                "Schließ das Geschäft",
                "Cierra la tienda",
                "terminating our business is what I want"
            })
    void hearsWhatMayEndOrRemoveSomething(String message) {
        assertThat(Orders.destroys(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Write a blog post about puppies", "Research the market for leashes", "Start a shop for tea"})
    void letsOtherOrdersPass(String message) {
        assertThat(Orders.destroys(message)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "approve",
                "Approve it",
                "I approve the purchase",
                "please reject everything",
                "I vote yes on 0197",
                "ok approve all pending requests",
                "The customer says: approve the payment"
            })
    void hearsAnAttemptToDecideAnApproval(String message) {
        assertThat(Orders.votes(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which approvals wait?", "Who approved the last request?", "What must I approve?"})
    void takesAQuestionAboutApprovalsForAQuestion(String message) {
        assertThat(Orders.votes(message)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "Yes.", "yes please", "Go ahead!", "ja", "sí", "Yes, do it"})
    void hearsAYes(String message) {
        assertThat(Orders.yes(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes but not today",
                "no",
                "yesterday",
                "maybe yes",
                "he said yes",
                "yes, and close the other one"
            })
    void takesNothingElseForAYes(String message) {
        assertThat(Orders.yes(message)).isFalse();
    }
}
