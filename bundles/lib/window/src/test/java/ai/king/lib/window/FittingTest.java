/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.window;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FittingTest {

    private static final Tokens TOKENS = new Tokens();

    private static Fitting fitting(int window) {
        return new Fitting(TOKENS, new Window("gpt-4o", window));
    }

    private static String words(String word, int count) {
        return (word + " ").repeat(count);
    }

    private static int tokens(Fitted fitted, Part part) {
        return fitted.pieces().stream()
                .filter(piece -> piece.part() == part)
                .mapToInt(piece -> TOKENS.of("gpt-4o").count(piece.text()))
                .sum();
    }

    @Test
    void fillsFourFifthsOfTheModelsOwnWindow() {
        assertThat(fitting(128_000).budget()).isEqualTo(102_400);
        assertThat(new Fitting(TOKENS, Window.usual()).budget()).isEqualTo(102_400);
    }

    @Test
    void leavesWhatFitsAsItIsAndSaysNothing() {
        List<Piece> pieces =
                List.of(new Piece(Part.TASKS, "goal", "Sell more lamps"), new Piece(Part.SYSTEM, "rules", "Be exact"));
        Fitted fitted = fitting(8_000).fit(pieces, Shortening.none());
        assertThat(fitted.pieces()).containsExactly(pieces.get(1), pieces.get(0));
        assertThat(fitted.leftOut()).isEmpty();
    }

    @Test
    void givesWhatOnePartLeavesToTheOthers() {
        String source = words("lamp", 5_000);
        Fitted fitted = fitting(10_000).fit(List.of(new Piece(Part.SOURCE, "page", source)), Shortening.none());
        assertThat(fitted.pieces()).containsExactly(new Piece(Part.SOURCE, "page", source));
    }

    @Test
    void keepsEachPartItsShareWhenAllAreTooLong() {
        List<Piece> pieces = new ArrayList<>();
        for (Part part : Part.values()) {
            pieces.add(new Piece(part, part.word(), words("lamp", 9_000)));
        }
        Fitted fitted = fitting(10_000).fit(pieces, Shortening.none());
        for (Part part : Part.values()) {
            assertThat(tokens(fitted, part)).as("%s", part).isBetween(part.share(8_000) - 60, part.share(8_000));
        }
        assertThat(fitted.leftOut()).hasSize(Part.values().length);
    }

    @Test
    void summarisesTheOldestAndKeepsTheNewestWhole() {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pieces.add(new Piece(Part.MEMORY, "entry " + i, words("lamp" + i, 300)));
        }
        List<String> asked = new ArrayList<>();
        Fitted fitted = fitting(5_000).fit(pieces, (text, most) -> {
            asked.add(text);
            return Optional.of("They spoke of lamps");
        });
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).contains("entry 0:").doesNotContain("entry 19:");
        assertThat(fitted.pieces().get(0).text()).isEqualTo("They spoke of lamps");
        assertThat(fitted.pieces()).contains(pieces.get(19));
        assertThat(fitted.leftOut()).singleElement().asString().contains("memory", "oldest", "summarised");
        assertThat(tokens(fitted, Part.MEMORY)).isLessThan(4_000);
    }

    @Test
    void cutsWithANoteWhereNobodySummarises() {
        List<Piece> pieces =
                List.of(new Piece(Part.STATE, "one", words("lamp", 6_000)), new Piece(Part.STATE, "two", "new"));
        Fitted fitted = fitting(2_000).fit(pieces, Shortening.none());
        assertThat(fitted.pieces().get(0).text()).contains("[cut here");
        assertThat(fitted.pieces()).contains(pieces.get(1));
        assertThat(fitted.leftOut()).singleElement().asString().contains("cut to their beginning");
    }

    @Test
    void cutsASingleTextThatIsTooLong() {
        Fitted fitted =
                fitting(1_000).fit(List.of(new Piece(Part.SOURCE, "book", words("página", 9_000))), Shortening.none());
        assertThat(fitted.pieces().get(0).text()).startsWith("página").contains("[cut here");
        assertThat(tokens(fitted, Part.SOURCE)).isLessThanOrEqualTo(800);
        assertThat(fitted.leftOut()).singleElement().asString().contains("“book” cut after");
    }

    @Test
    void namesTheTokenizerAndSaysWhenItIsNotTheModels() {
        assertThat(TOKENS.of("gpt-4o-mini").name()).isEqualTo("o200k_base");
        assertThat(TOKENS.of("gpt-4-turbo-2024-04-09").name()).isEqualTo("cl100k_base");
        assertThat(TOKENS.of("gpt-4.1").name()).isEqualTo("o200k_base");
        assertThat(TOKENS.of("openai/o3").name()).isEqualTo("o200k_base");
        assertThat(TOKENS.of("llama3.2").name()).isEqualTo("o200k_base, the model's own is not published");
    }

    @Test
    void neverCountsMoreThanTheBytes() {
        for (String text : List.of("", "a", "ünïcödé 漢字 🧯🧯", words("aaaaaaaa", 2_000), "<|endoftext|>")) {
            Tokens.Counter counter = TOKENS.of("gpt-4o");
            assertThat(counter.count(text)).isLessThanOrEqualTo(counter.most(text));
        }
    }
}
