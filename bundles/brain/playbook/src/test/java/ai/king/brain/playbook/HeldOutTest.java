/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.brain.Intent;
import ai.king.brain.Mind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the classifier makes of texts that it has never met: written apart from its examples, with spelling mistakes, other
 * languages, two wishes, denials, attacks and texts that say too little. To answer is to name an action; UNKNOWN is none.
 */
class HeldOutTest {

    private static final Logger LOG = LoggerFactory.getLogger(HeldOutTest.class);

    /** Words in a row that two texts may share: more would come from one template. */
    private static final int ALIKE = 5;

    private static final Mind MIND = new EmbeddingMind();
    private static final Meanings MEANINGS = new Meanings(Example.shipped(), 0.8, 0.9);
    private static List<Truth> truths;
    private static List<Truth> rehearsed;

    /** A text and what it may be taken for; UNKNOWN alone means that naming any action is wrong. */
    private record Truth(String kind, Intent.Type type, Set<Intent.Action> right, String text) {
        static Truth of(String line) {
            String[] cells = line.split("[|]", 4);
            Set<Intent.Action> right = EnumSet.noneOf(Intent.Action.class);
            Arrays.stream(cells[2].split(",")).map(Intent.Action::valueOf).forEach(right::add);
            return new Truth(cells[0], Intent.Type.valueOf(cells[1]), right, cells[3]);
        }

        boolean answerable() {
            return right.stream().anyMatch(action -> action != Intent.Action.UNKNOWN);
        }
    }

    /** What was counted of one kind of texts. */
    private static final class Count {
        private int texts;
        private int answerable;
        private int answered;
        private int right;
        private int covered;
        private int types;

        private void add(Truth truth, Intent intent) {
            boolean named = intent.action() != Intent.Action.UNKNOWN;
            boolean fits = truth.right().contains(intent.action());
            texts++;
            answerable += truth.answerable() ? 1 : 0;
            answered += named ? 1 : 0;
            right += named && fits ? 1 : 0;
            covered += named && fits && truth.answerable() ? 1 : 0;
            types += intent.type() == truth.type() ? 1 : 0;
        }

        private String row(String kind) {
            return String.format(
                    Locale.ROOT,
                    "%-10s %6d %9d %6d %8s %11d %9s %9s",
                    kind,
                    texts,
                    answered,
                    right,
                    share(right, answered),
                    answerable,
                    share(covered, answerable),
                    share(types, texts));
        }

        private static String share(int part, int whole) {
            return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
        }
    }

    @BeforeAll
    static void read() {
        truths = truths("heldout.txt");
        rehearsed = truths("rehearsal.txt");
    }

    private static List<Truth> truths(String name) {
        return lines(name)
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Truth::of)
                .toList();
    }

    @Test
    void isRightInNineteenOfTwentyAnswersAndNeverEndsABusinessByMistake() {
        Count all = measured("held out", truths, Boolean.getBoolean("king.misses"));
        assertThat(all.texts).isGreaterThanOrEqualTo(300);
        assertThat(all.right).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * all.answered));
        assertThat(all.covered).isGreaterThanOrEqualTo(all.answerable / 2);
    }

    @Test
    void hasLearnedFromTheRehearsal() {
        Count all = measured("rehearsed", rehearsed, true);
        assertThat(all.right).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * all.answered));
    }

    /** Prints the table, with what was wrong where it may be looked at. */
    private static Count measured(String name, List<Truth> texts, boolean shown) {
        Map<String, Count> counts = new LinkedHashMap<>();
        Count all = new Count();
        StringBuilder wrong = new StringBuilder();
        List<String> ended = new ArrayList<>();
        for (Truth truth : texts) {
            Intent intent = MEANINGS.classify(truth.text(), MIND).orElseThrow();
            counts.computeIfAbsent(truth.kind(), kind -> new Count()).add(truth, intent);
            all.add(truth, intent);
            boolean fits = truth.right().contains(intent.action());
            if (intent.action() != Intent.Action.UNKNOWN && !fits) {
                wrong.append(String.format("%n  %s as %s: %s", truth.right(), intent.action(), truth.text()));
            }
            if (intent.action() == Intent.Action.STOP_BUSINESS && !fits) {
                ended.add(truth.text());
            }
        }
        StringBuilder table =
                new StringBuilder("\nkind        texts  answered  right  correct  answerable  coverage  type right\n");
        counts.forEach((kind, count) -> table.append(count.row(kind)).append('\n'));
        LOG.info("{}:{}{}{}", name, table, all.row("all"), shown ? wrong : "");
        assertThat(ended).as("a business would be ended for").isEmpty();
        return all;
    }

    @Test
    void sharesNoTextAndNoTemplateWithWhatTheClassifierIsBuiltFrom() {
        Set<String> texts = new HashSet<>();
        truths.forEach(truth -> assertThat(texts.add(normal(truth.text())))
                .as("twice: %s", truth.text())
                .isTrue());
        List<String> built = Stream.concat(Example.shipped().stream().map(Example::text), sentences("tuned").stream())
                .map(HeldOutTest::normal)
                .toList();
        Set<String> same = new TreeSet<>(texts);
        same.retainAll(built);
        assertThat(same).isEmpty();
        Set<String> runs = built.stream().flatMap(HeldOutTest::runs).collect(Collectors.toSet());
        assertThat(texts).allSatisfy(text -> assertThat(runs(text).filter(runs::contains))
                .as("words in a row that an example has, too: %s", text)
                .isEmpty());
    }

    private static Stream<String> runs(String text) {
        String[] words = text.split(" ");
        return IntStream.rangeClosed(0, words.length - ALIKE)
                .mapToObj(i -> String.join(" ", Arrays.copyOfRange(words, i, i + ALIKE)));
    }

    private static String normal(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\d]+", " ").strip();
    }

    private static List<String> sentences(String set) {
        return Stream.of(Intent.Type.values())
                .flatMap(type ->
                        Stream.of(Intent.Action.values()).map(action -> set + "/" + type + "." + action + ".txt"))
                .flatMap(HeldOutTest::lines)
                .toList();
    }

    private static Stream<String> lines(String name) {
        try (InputStream file = HeldOutTest.class.getResourceAsStream(name)) {
            return file == null
                    ? Stream.empty()
                    : new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
