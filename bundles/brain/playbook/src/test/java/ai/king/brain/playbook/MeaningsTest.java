/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.brain.Intent;
import ai.king.brain.Mind;
import ai.king.kit.FakeMind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class MeaningsTest {

    private static final Logger LOG = LoggerFactory.getLogger(MeaningsTest.class);

    private final Mind mind = new EmbeddingMind();
    private final Meanings meanings = new Meanings(Example.shipped(), 0.8, 0.9);

    @ParameterizedTest
    @ValueSource(strings = {"unseen/COMMAND.NEARMISS.txt", "unseen/COMMAND.NEGATED.txt", "tuned/COMMAND.NEGATED.txt"})
    void stopsNoBusinessForTextsThatOnlySoundLikeIt(String texts) throws IOException {
        assertThat(lines(texts)).isNotEmpty().allSatisfy(text -> assertThat(
                        meanings.classify(text, mind).orElseThrow().action())
                .isNotEqualTo(Intent.Action.STOP_BUSINESS));
    }

    /**
     * {@code tuned} was looked at while the examples were written; {@code unseen} was written afterwards and has never
     * changed an example, a bar or a rule: its figures are the ones to believe.
     */
    @ParameterizedTest
    @ValueSource(strings = {"tuned", "unseen"})
    void namesTheRightActionForSentencesThatAreNoExamples(String set) throws IOException {
        int answered = 0;
        int right = 0;
        int types = 0;
        int withAction = 0;
        StringBuilder misses = new StringBuilder();
        for (Example truth : sentences(set)) {
            Intent intent = meanings.classify(truth.text(), mind).orElseThrow();
            boolean fits = intent.action() == truth.action();
            withAction += truth.action() == Intent.Action.UNKNOWN ? 0 : 1;
            if (intent.action() != Intent.Action.UNKNOWN) {
                answered++;
                right += fits ? 1 : 0;
                types += fits && intent.type() == truth.type() ? 1 : 0;
            }
            assertThat(fits || intent.action() != Intent.Action.STOP_BUSINESS)
                    .as("never stop a business for: %s", truth.text())
                    .isTrue();
            if (!fits) {
                misses.append(String.format(
                        "%n  %s -> %s %.2f: %s", truth.action(), intent.action(), intent.confidence(), truth.text()));
            }
        }
        LOG.info(
                "{}: named an action for {} texts, {} right, {} of the right type; coverage {} of {}{}",
                set,
                answered,
                right,
                types,
                right,
                withAction,
                misses);
        assertThat(right).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * answered));
        assertThat(right).isGreaterThan((int) (0.75 * withAction));
    }

    @Test
    void understandsAGoalOfManySentences() {
        Intent intent = meanings.classify(
                        "Plan the next quarter (October to December 2026) for Harbour & Tail. I need: the revenue and cash plan"
                                + " with the range we must expect and how reliable it is; how we stand against our"
                                + " targets and what looks wrong in the numbers; which stock to order now, from whom"
                                + " and for how much, before the Christmas season; which prices to change, and why;"
                                + " and what the supplier terms and our privacy policy mean for the plan. Use our own"
                                + " records and the documents, say where each figure comes from, and ask before money"
                                + " is spent.",
                        mind)
                .orElseThrow();
        assertThat(intent.action()).isEqualTo(Intent.Action.GENERATE_REPORT);
        assertThat(intent.type()).isEqualTo(Intent.Type.COMMAND);
        assertThat(intent.parameters()).containsEntry("period", "next quarter");
    }

    @Test
    void saysNotMeWhenNothingEmbeds() {
        assertThat(meanings.classify("Write a report", FakeMind.empty())).isEmpty();
    }

    @Test
    void learnsAnewWhenAnotherModelEmbeds() {
        Mind turned = new FakeMind(Optional.of(texts -> mind.embed(texts).orElseThrow().stream()
                .map(MeaningsTest::reversed)
                .toList()));
        String text = "Write a report about the last quarter";
        Intent first = meanings.classify(text, mind).orElseThrow();
        assertThat(meanings.classify(text, turned).orElseThrow()).isEqualTo(first);
        assertThat(meanings.classify(text, mind).orElseThrow()).isEqualTo(first);
    }

    @Test
    void callsAnEmptyTextConversation() {
        assertThat(meanings.classify("  ", mind).orElseThrow().action()).isEqualTo(Intent.Action.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tuned", "unseen"})
    void isMeasuredBySentencesThatAreNoExamples(String set) throws IOException {
        Set<String> examples =
                Example.shipped().stream().map(MeaningsTest::normal).collect(Collectors.toSet());
        Set<String> same = new HashSet<>(examples);
        same.retainAll(sentences(set).stream().map(MeaningsTest::normal).collect(Collectors.toSet()));
        assertThat(same).isEmpty();
        assertThat(examples).hasSize(Example.shipped().size());
    }

    private static float[] reversed(float[] vector) {
        float[] turned = new float[vector.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = vector[vector.length - 1 - i];
        }
        return turned;
    }

    private static String normal(Example example) {
        return example.text().toLowerCase(Locale.ROOT).replaceAll("\\W+", " ").strip();
    }

    private static List<Example> sentences(String set) throws IOException {
        List<Example> all = new ArrayList<>();
        for (Intent.Type type : Intent.Type.values()) {
            for (Intent.Action action : Intent.Action.values()) {
                lines(set + "/" + type + "." + action + ".txt")
                        .forEach(line -> all.add(new Example(line, type, action)));
            }
        }
        lines(set + "/COMMAND.NEGATED.txt")
                .forEach(line -> all.add(new Example(line, Intent.Type.COMMAND, Intent.Action.UNKNOWN)));
        return all;
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream file = MeaningsTest.class.getResourceAsStream(name)) {
            return file == null
                    ? List.of()
                    : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        }
    }
}
