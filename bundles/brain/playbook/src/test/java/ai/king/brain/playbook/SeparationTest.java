/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * That the held-out texts are kept apart from all that the classifier is built from: its examples, the sentences that were looked
 * at while they were written, and the rehearsal. What is new in those folders is compared by being there.
 */
class SeparationTest {

    private static final Path EXAMPLES = Path.of("src/main/resources/ai/king/brain/playbook/intents");
    private static final Path TESTS = Path.of("src/test/resources/ai/king/brain/playbook");

    /** Letters in a row that are compared. */
    private static final int LETTERS = 3;

    /**
     * The most that a held-out text may share with one that was learned from: shared runs of letters by all runs of both, each
     * as often as it stands there. Two wordings of one wish come to about a half; a changed word or two to more than this.
     */
    private static final double ALIKE = 0.6;

    /** Words in a row that no two may share: more would come from one template. */
    private static final int WORDS = 5;

    @Test
    void holdsThreeHundredTextsNoneOfThemTwice() {
        List<String> texts = heldOut().stream().map(SeparationTest::normal).toList();
        assertThat(texts).hasSizeGreaterThanOrEqualTo(300).doesNotHaveDuplicates();
    }

    @Test
    void noHeldOutTextIsLikeOneThatTheClassifierIsBuiltFrom() {
        List<String> built = built();
        assertThat(built).hasSizeGreaterThan(900);
        List<Map<String, Integer>> learned =
                built.stream().map(SeparationTest::letters).toList();
        List<String> near = new ArrayList<>();
        for (String text : heldOut()) {
            Map<String, Integer> own = letters(text);
            for (int i = 0; i < learned.size(); i++) {
                double shared = shared(own, learned.get(i));
                if (shared >= ALIKE) {
                    near.add(String.format(Locale.ROOT, "%.2f: %s = %s", shared, text, built.get(i)));
                }
            }
        }
        assertThat(near).as("too near to what was learned from").isEmpty();
    }

    @Test
    void noHeldOutTextSharesATemplateWithOneThatTheClassifierIsBuiltFrom() {
        Set<String> runs = new HashSet<>();
        built().forEach(text -> runs.addAll(words(text)));
        assertThat(heldOut())
                .allSatisfy(text -> assertThat(words(text)).as(text).doesNotContainAnyElementsOf(runs));
    }

    @Test
    void theMeasureFindsACopyWithAChangedWord() {
        assertThat(shared(letters("How much did we earn in August?"), letters("How much did we earn in October?")))
                .isGreaterThan(ALIKE);
        assertThat(shared(letters("Which category earns the most?"), letters("Cut the price of the lamps")))
                .isLessThan(0.2);
    }

    private static List<String> heldOut() {
        return truths(TESTS.resolve("heldout.txt"));
    }

    private static List<String> built() {
        List<String> all = new ArrayList<>(truths(TESTS.resolve("rehearsal.txt")));
        for (Path folder : List.of(EXAMPLES, TESTS.resolve("tuned"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".txt")).forEach(file -> all.addAll(lines(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    /** The last cell of each line {@code kind|type|actions|text}. */
    private static List<String> truths(Path file) {
        return lines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[|]", 4)[3])
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String normal(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\d]+", " ").strip();
    }

    private static Map<String, Integer> letters(String text) {
        String plain = " " + normal(text) + " ";
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i + LETTERS <= plain.length(); i++) {
            found.merge(plain.substring(i, i + LETTERS), 1, Integer::sum);
        }
        return found;
    }

    private static double shared(Map<String, Integer> one, Map<String, Integer> other) {
        int both = one.entrySet().stream()
                .mapToInt(each -> Math.min(each.getValue(), other.getOrDefault(each.getKey(), 0)))
                .sum();
        int all = Stream.of(one, other)
                .flatMap(each -> each.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
        return both / (double) (all - both);
    }

    private static Set<String> words(String text) {
        String[] words = normal(text).split(" ");
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + WORDS <= words.length; i++) {
            runs.add(String.join(" ", List.of(words).subList(i, i + WORDS)));
        }
        return runs;
    }
}
