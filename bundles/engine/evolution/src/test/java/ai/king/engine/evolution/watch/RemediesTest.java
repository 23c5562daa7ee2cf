/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.evolution.jar.Option;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.engine.evolution.watch.Remedy.Configure;
import ai.king.engine.evolution.watch.Remedy.None;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** What can be proposed from figures that are given here. */
class RemediesTest {

    private static final Instant CHANGED = Instant.parse("2026-11-20T00:00:00Z");
    private static final Item WRITER = agent("jar-1", Map.of("tone", "formal"));
    private static final Item SLOW = backend("slow", "big", 10, "0.0");
    private static final Item FAST = backend("fast", "small", 20, "0.0");
    private static final Symptom.Limits LIMITS = new Symptom.Limits(
            20, 3, Map.of(Metric.FAILED_TRIES, 20.0, Metric.SLOW, 1_000.0, Metric.TOKENS, 100.0, Metric.REFUSED, 50.0));

    private final List<Deed> deeds = new ArrayList<>();
    private final List<ModelCall> models = new ArrayList<>();
    private int ids;

    private static Item agent(String bundle, Map<String, Object> values) {
        return new Item("acme.writer", "writer", "Agent", bundle, "1.0.0", values, "jail");
    }

    private static Item backend(String name, String model, int rank, String cost) {
        Map<String, Object> values = Map.of("model", model, "king.backend.rank", rank, "king.backend.cost", cost);
        return new Item("acme." + name, name, "InferenceBackend", "jar-" + name, "1.0.0", values, "platform");
    }

    private static PlugJar jar(String digest) {
        String plug = "acme." + digest.substring(4);
        return new PlugJar(
                plug,
                Version.parseVersion("1.0.0"),
                Map.of(),
                List.of(),
                Map.of(
                        plug,
                        List.of(
                                option("model", "String", ""),
                                option("king.backend.rank", "Integer", "50"),
                                option("king.backend.cost", "Double", "0.0"),
                                option("king.backend.tier", "String", "standard"))));
    }

    private static Option option(String id, String type, String preset) {
        return new Option(id, type, false, false, preset, List.of(), null, null);
    }

    private static Release release(long no, @Nullable String proposal, Item... items) {
        return new Release(Long.toString(no), no, no - 1, proposal, List.of(items), CHANGED, 0);
    }

    private void did(int count, Instant at, boolean failed, long millis, long tokens) {
        for (int i = 0; i < count; i++) {
            String hex = String.format("%012x", at.toEpochMilli());
            String id = hex.substring(0, 8) + "-" + hex.substring(8) + String.format("-7000-8000-%012x", ids++);
            deeds.add(new Deed(
                    id,
                    "g",
                    "writer",
                    !failed,
                    false,
                    0,
                    failed ? "no" : "",
                    0,
                    0,
                    Optional.of(millis),
                    tokens,
                    1,
                    Optional.empty()));
        }
    }

    private void asked(String model, int count, long millis) {
        for (int i = 0; i < count; i++) {
            models.add(new ModelCall("step-" + model + i, model.equals("big") ? "writer" : "other", model, millis));
        }
    }

    private Map<String, Map<String, String>> sources = Map.of();

    private Remedy remedy(Metric metric, Release... releases) {
        Facts facts = new Facts(deeds, models, CHANGED, CHANGED.plus(Duration.ofDays(2)));
        Symptom symptom = Symptom.of(deeds, LIMITS).stream()
                .filter(one -> one.metric() == metric)
                .findFirst()
                .orElseThrow();
        return new Remedies(
                        facts,
                        List.of(releases),
                        RemediesTest::jar,
                        digest -> Optional.ofNullable(sources.get(digest)),
                        LIMITS,
                        new Reckoning(20, Duration.ofDays(14)))
                .of(symptom);
    }

    private void worseSinceTheChange() {
        did(30, CHANGED.minus(Duration.ofDays(1)), false, 10, 10);
        did(30, CHANGED.plus(Duration.ofDays(1)), true, 10, 10);
    }

    @Test
    void theFormerConfigurationComesBackWhereAnAgentDidBetterWithIt() {
        worseSinceTheChange();
        Item now = agent("jar-1", Map.of("tone", "loud", "words", "9"));
        Remedy remedy = remedy(Metric.FAILED_TRIES, release(2, "p", now), release(1, null, WRITER));
        assertThat(remedy).isInstanceOfSatisfying(Configure.class, change -> {
            Map<String, @Nullable Object> back = new HashMap<>(Map.of("tone", "formal"));
            back.put("words", null);
            assertThat(change.values()).isEqualTo(back);
            assertThat(change.hypothesis()).contains("0.0 % of 30 before release 2", "100.0 % of 30 since");
        });
    }

    @Test
    void otherBytesAreNeverProposedAgainAndANoteSaysWhoCanGoBack() {
        worseSinceTheChange();
        Item now = agent("jar-2", WRITER.values());
        assertThat(remedy(Metric.FAILED_TRIES, release(2, "p", now), release(1, null, WRITER)))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.why()).contains("a person rolls back with proposal p"));
    }

    @Test
    void whatWasNoBetterBeforeOrCannotBeComparedIsNotPutBack() {
        did(30, CHANGED.minus(Duration.ofDays(1)), true, 10, 10);
        did(30, CHANGED.plus(Duration.ofDays(1)), true, 10, 10);
        Item now = agent("jar-1", Map.of("tone", "loud"));
        assertThat(remedy(Metric.FAILED_TRIES, release(2, "p", now), release(1, null, WRITER)))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.why()).contains("it was no better before"));
        assertThat(remedy(Metric.FAILED_TRIES, release(1, null, WRITER)))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.why()).contains("it was not changed"));
        deeds.removeIf(deed -> deed.begun().isBefore(CHANGED));
        assertThat(remedy(Metric.FAILED_TRIES, release(2, "p", now), release(1, null, WRITER)))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.why()).contains("too few steps"));
    }

    @Test
    void aCostlyAgentGoesBackToTheConfigurationWithFewerTokens() {
        did(30, CHANGED.minus(Duration.ofDays(1)), false, 10, 100);
        did(90, CHANGED.plus(Duration.ofDays(1)), false, 10, 900);
        Item now = agent("jar-1", Map.of("tone", "loud"));
        assertThat(remedy(Metric.TOKENS, release(2, "p", now), release(1, null, WRITER)))
                .isInstanceOfSatisfying(
                        Configure.class, change -> assertThat(change.values()).containsEntry("tone", "formal"));
    }

    @Test
    void theFasterBackendOfTheSameTierAndCostIsAskedFirstForASlowAgent() {
        did(30, CHANGED, false, 5_000, 10);
        asked("big", 30, 4_000);
        asked("small", 30, 900);
        assertThat(remedy(Metric.SLOW, release(1, null, WRITER, SLOW, FAST)))
                .isInstanceOfSatisfying(Configure.class, change -> {
                    assertThat(change.item()).isEqualTo(SLOW);
                    assertThat(change.values()).isEqualTo(Map.of("king.backend.rank", 21L));
                    assertThat(change.hypothesis()).contains("more than 4000 ms", "fast within 900 ms");
                });
    }

    @Test
    void aBackendThatCostsMoreIsNotPutFirstAndNeitherIsOneThatIsBarelyFaster() {
        did(30, CHANGED, false, 5_000, 10);
        asked("big", 30, 4_000);
        asked("small", 30, 900);
        assertThat(remedy(Metric.SLOW, release(1, null, WRITER, SLOW, backend("fast", "small", 20, "9.0"))))
                .isInstanceOfSatisfying(None.class, none -> assertThat(none.why())
                        .contains("no backend of the same tier and cost answered twice as fast as slow"));
        models.clear();
        asked("big", 30, 4_000);
        asked("small", 30, 3_000);
        assertThat(remedy(Metric.SLOW, release(1, null, WRITER, SLOW, FAST))).isInstanceOf(None.class);
    }

    @Test
    void modelsAreLeftAloneWhereTheyAreNotWhatTakesTheTime() {
        did(30, CHANGED, false, 50_000, 10);
        asked("big", 30, 4_000);
        asked("small", 30, 900);
        assertThat(remedy(Metric.SLOW, release(1, null, WRITER, SLOW, FAST)))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.why()).contains("less than half of its time"));
    }

    @Test
    void sourceThatIsHereIsWrittenAnewWhereAModelAnswersAndNoOptionHelps() {
        did(30, CHANGED.plus(Duration.ofDays(1)), true, 10, 10);
        assertThat(((Remedy.None) remedy(Metric.FAILED_TRIES, release(1, null, WRITER))).why())
                .contains("it was not changed", "its source is not here: it came as a bundle");
        sources = Map.of("jar-1", Map.of("src/main/java/acme/writer/Writer.java", "class Writer {}"));
        assertThat(((Remedy.None) remedy(Metric.FAILED_TRIES, release(1, null, WRITER))).why())
                .contains("no model answered in this time");
        asked("big", 1, 5);
        Remedy.Rewrite change = (Remedy.Rewrite) remedy(Metric.FAILED_TRIES, release(1, null, WRITER));
        assertThat(change.action()).isEqualTo("modify");
        assertThat(change.plug()).isEqualTo("acme.writer");
        assertThat(change.files()).isEqualTo(sources.get("jar-1"));
        assertThat(change.findings()).containsExactly("failed tries of writer: 100.0 % of 30", "no");
        assertThat(change.wish())
                .contains("The agent writer shall fail less often")
                .doesNotContain("100.0 %");
    }

    @Test
    void aFormerConfigurationComesBeforeOtherSourceAndASlowAgentIsOptimized() {
        sources = Map.of("jar-1", Map.of("src/main/java/acme/writer/Writer.java", "class Writer {}"));
        asked("big", 1, 5);
        worseSinceTheChange();
        Item changed = agent("jar-1", Map.of("tone", "loose"));
        assertThat(remedy(Metric.FAILED_TRIES, release(2, "p", changed), release(1, null, WRITER)))
                .isInstanceOf(Remedy.Configure.class);
        deeds.clear();
        did(30, CHANGED.plus(Duration.ofDays(1)), false, 5_000, 10);
        Remedy.Rewrite slow = (Remedy.Rewrite) remedy(Metric.SLOW, release(1, null, WRITER));
        assertThat(slow.action()).isEqualTo("optimize");
        assertThat(slow.findings()).containsExactly("median time of writer: 5000 ms of 30");
    }
}
