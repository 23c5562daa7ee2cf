/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProseTest {

    private static final String FACTS =
            "Revenue of Blue Paw (2026-08-01 to 2026-08-31): 1,204.50 USD from 12 completed orders, a margin of 31.4 %.";

    private final List<String> heard = new ArrayList<>();
    private final Prose prose = new Prose(new Quantities().with(FACTS), heard::add);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It was 1204.5 dollars.",
                "You had 12 orders in 2026.",
                "August (2026-08) went well.",
                "A margin of 31.40 percent!",
                "No figure at all.",
                "1. Ask for revenue",
                "Two or three things."
            })
    void letsThroughWhatTheFactsHold(String sentence) {
        assertThat(new Quantities().with(FACTS).cover(sentence)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It was 1,205 dollars.",
                "You had 13 orders.",
                "It will be 2027.",
                "About a thousand dollars.",
                "Roughly twenty percent more.",
                "Das sind 1.204,50 und 99 Euro.",
                "It was ١٣ orders.",
                "Profit doubled.",
                "On 2026-08-02 it rained."
            })
    void keepsBackWhatTheyDoNot(String sentence) {
        assertThat(new Quantities().with(FACTS).cover(sentence)).isFalse();
    }

    @Test
    void passesWholeSentencesWhileTheyCome() {
        for (String piece : List.of("Hel", "lo there. You had 1", "2 orders. And 9", "9 more! Bye")) {
            prose.onText(piece);
        }
        assertThat(heard).containsExactly("Hello there. ", "You had 12 orders. ");
        prose.end(true);
        assertThat(heard).containsExactly("Hello there. ", "You had 12 orders. ", "Bye");
        assertThat(prose.dropped()).isEqualTo(1);
        assertThat(String.join("", heard)).isEqualTo(prose.said());
    }

    @Test
    void dropsTheHalfSentenceOfAnAnswerThatBrokeOff() {
        prose.onText("Hello there. You had 1");
        prose.end(false);
        assertThat(prose.said()).isEqualTo("Hello there. ");
    }

    @Test
    void endsAModelThatNeverEnds() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        prose.onText("and so on. ");
                    }
                })
                .isInstanceOf(Prose.Enough.class);
        assertThat(prose.said().length()).isLessThanOrEqualTo(Prose.MOST + 20);
    }
}
