/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeoScoreTest {

    @Test
    void weighsItsPartsAsTheRulesSay() {
        assertThat(new SeoScore(100, 0, 0, 0, 0, 0, List.of()).total()).isEqualTo(15);
        assertThat(new SeoScore(0, 100, 0, 0, 0, 0, List.of()).total()).isEqualTo(15);
        assertThat(new SeoScore(0, 0, 100, 0, 0, 0, List.of()).total()).isEqualTo(30);
        assertThat(new SeoScore(0, 0, 0, 100, 0, 0, List.of()).total()).isEqualTo(25);
        assertThat(new SeoScore(0, 0, 0, 0, 100, 0, List.of()).total()).isEqualTo(15);
    }

    @Test
    void givesAllPointsToAPageThatKeepsEveryRule() {
        String body = "# Dog bed\n\n" + "The cat sat on the mat and the dog bed was near. ".repeat(4)
                + "The cat sat on the mat and ran off to play in the sun. ".repeat(23);
        Draft draft = new Draft("dog bed " + "x".repeat(47), "dog bed " + "x".repeat(147), body);
        SeoScore score = SeoScore.of(draft, "dog bed", 300);
        assertThat(score.shortcomings()).isEmpty();
        assertThat(score.total()).isEqualTo(100);
    }

    @Test
    void namesTheBoundsOfTitleAndMeta() {
        Draft edge = new Draft("k " + "x".repeat(48), "k " + "x".repeat(158), "k");
        assertThat(SeoScore.of(edge, "k", 1).title()).isEqualTo(100);
        assertThat(SeoScore.of(edge, "k", 1).meta()).isEqualTo(100);
        Draft over = new Draft("k " + "x".repeat(59), "k " + "x".repeat(147), "k");
        assertThat(SeoScore.of(over, "k", 1).shortcomings())
                .anyMatch(one -> one.equals("title has 61 characters, not 50-60"))
                .anyMatch(one -> one.equals("meta description has 149 characters, not 150-160"));
    }

    @Test
    void measuresReadingEaseByFlesch() {
        assertThat(Readability.ease("The cat sat on the mat.")).isEqualTo(100);
        assertThat(Readability.ease("Organizational responsibilities necessitate interdisciplinary considerations."))
                .isZero();
        assertThat(Readability.ease("")).isZero();
        assertThat(Readability.ease("The happy puppy ran under a yellow table and a mother saw it."))
                .isCloseTo(206.835 - 1.015 * 13 - 84.6 * 19 / 13, within(0.01));
    }

    @Test
    void scoresEmptyTextWithoutFailing() {
        assertThat(SeoScore.of(new Draft("", "", ""), "", 300).total()).isZero();
    }
}
