/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.brain.Intent;
import ai.king.inference.Message;
import ai.king.inference.Window;
import ai.king.lib.window.Fitting;
import ai.king.lib.window.Tokens;
import ai.king.work.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeardTest {

    private static final Tokens TOKENS = new Tokens();

    private static Heard heard(int window, List<Exchange> before, String message) {
        return Heard.of("The rules.", "Today is Monday.", before, message, new Fitting(TOKENS, new Window("", window)));
    }

    private static List<Exchange> exchanges(int count, int words) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            exchanges.add(new Exchange(
                    "e" + i,
                    "c1",
                    "question " + i,
                    "reply " + i + " word".repeat(words),
                    new Intent(Intent.Type.CONVERSATION, Intent.Action.UNKNOWN, Map.of(), 1),
                    null,
                    List.of(),
                    List.of(),
                    Instant.EPOCH,
                    0));
        }
        return exchanges;
    }

    private static int tokens(Heard heard) {
        return heard.messages().stream()
                .mapToInt(message -> TOKENS.of("").count(message.text()))
                .sum();
    }

    @Test
    void allOfItIsHeardWhereItFits() {
        Heard heard = heard(128_000, exchanges(20, 2_000), "And now?");
        assertThat(heard.leftOut()).isEmpty();
        assertThat(heard.messages()).hasSize(42);
        assertThat(heard.messages().get(0).text()).contains("The rules.", "Today is Monday.");
        assertThat(heard.messages().get(1)).isEqualTo(Message.of(Message.Role.USER, "question 1"));
    }

    @Test
    void theOldestFallOutOfASmallWindowAndThatIsSaid() {
        Heard heard = heard(4_000, exchanges(20, 300), "And now?");
        assertThat(heard.leftOut()).singleElement().asString().contains("conversation", "oldest");
        assertThat(heard.messages().get(0).text()).contains("The rules.", "Today is Monday.", "[cut here");
        assertThat(heard.messages()).contains(Message.of(Message.Role.USER, "question 20"));
        assertThat(heard.messages()).doesNotContain(Message.of(Message.Role.USER, "question 1"));
        assertThat(heard.messages().get(heard.messages().size() - 1))
                .isEqualTo(Message.of(Message.Role.USER, "And now?"));
        assertThat(tokens(heard)).isLessThanOrEqualTo(4_000 * 80 / 100);
    }

    @Test
    void aMessageOverTheWindowIsCutAndThatIsSaid() {
        Heard heard = heard(2_000, exchanges(3, 300), "word ".repeat(4_000));
        assertThat(heard.leftOut()).anySatisfy(line -> assertThat(line).contains("the message cut after 800 tokens"));
        assertThat(tokens(heard)).isLessThanOrEqualTo(2_000 * 80 / 100);
    }
}
