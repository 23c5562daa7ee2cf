/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.evolution.Release.Item;
import ai.king.evolution.Released;
import ai.king.inference.BackendStatus;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inferences.Inferences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shares of a backend's goals that go to its adapters. */
class AdaptersTest {

    private final FakePlugs plugs = new FakePlugs();
    private final FakeBackend backend = FakeBackend.saying("ours");
    private final List<Item> shares = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final InferenceEngine engine = new InferenceEngine(
            plugs,
            new Recorder(),
            () -> "medium",
            Duration.ofSeconds(60),
            new MovingClock(),
            new Purse(),
            InferenceEngine.timer());

    @BeforeEach
    void serve() {
        backend.status =
                new BackendStatus(true, true, false, List.of("base", "tone", "law"), OptionalDouble.empty(), "well");
        backend.behaviour = (prompt, listener) ->
                new Reply.Answer("m", prompt.model().orElse("base"), List.of(), "stop", new Reply.Usage(1, 1));
        plugs.with("ours", backend, Map.of());
        engine.bindReleased(new Released() {
            @Override
            public List<Item> items(String type, String bucket) {
                return type.equals("Model") ? shares : List.of();
            }

            @Override
            public void count(String type, String about, String bucket, long nanos, boolean failed) {
                counted.add(type + " " + about + " " + bucket + " " + failed);
            }
        });
    }

    private void share(String of, String adapter, int weight) {
        shares.add(new Item(
                "ai.king.model",
                of + "/" + adapter,
                "Model",
                "0123456789abcdef",
                "1.0.0",
                Map.of("backend", of, "adapter", adapter, "weight", weight),
                "platform"));
    }

    private String asked(String goal, Optional<String> model) {
        Prompt plain = Prompt.of("s", "u");
        Prompt prompt = new Prompt(model, plain.messages(), plain.functions(), 0.1, OptionalInt.empty());
        Reply reply = engine.chat(prompt, new Inferences.Need(goal, "LOW", false, Optional.empty()), piece -> {});
        return ((Reply.Answer) reply).text();
    }

    private String asked(String goal) {
        return asked(goal, Optional.empty());
    }

    @Test
    void givesEachAdapterItsShareOfTheGoals() {
        share("ours", "tone", 30);
        share("ours", "law", 10);
        share("other", "base", 100);
        int tone = 0;
        int law = 0;
        for (int goal = 0; goal < 2_000; goal++) {
            String model = asked("goal " + goal);
            tone += model.equals("tone") ? 1 : 0;
            law += model.equals("law") ? 1 : 0;
        }
        assertThat(tone).isBetween(500, 700);
        assertThat(law).isBetween(140, 260);
    }

    @Test
    void aGoalStaysWithItsAdapter() {
        share("ours", "tone", 50);
        for (int goal = 0; goal < 100; goal++) {
            assertThat(asked("goal " + goal)).isEqualTo(asked("goal " + goal));
        }
    }

    @Test
    void aGoalThatHadAnAdapterKeepsItWhenTheShareGrows() {
        share("ours", "tone", 20);
        List<String> before = new ArrayList<>();
        for (int goal = 0; goal < 300; goal++) {
            if (asked("goal " + goal).equals("tone")) {
                before.add("goal " + goal);
            }
        }
        shares.clear();
        share("ours", "tone", 60);
        assertThat(before).isNotEmpty().allSatisfy(goal -> assertThat(asked(goal))
                .isEqualTo("tone"));
        shares.clear();
        share("ours", "tone", 0);
        assertThat(before).allSatisfy(goal -> assertThat(asked(goal)).isEqualTo("base"));
    }

    @Test
    void aNamedModelIsKeptAndAnAdapterThatIsNotServedHasNoShare() {
        share("ours", "gone", 100);
        assertThat(asked("g")).isEqualTo("base");
        shares.clear();
        share("ours", "tone", 100);
        assertThat(asked("g")).isEqualTo("tone");
        assertThat(asked("g", Optional.of("law"))).isEqualTo("law");
        assertThat(counted).containsExactly("Model ours g false", "Model ours g false");
    }

    @Test
    void countsWhatFailed() {
        backend.behaviour = (prompt, listener) -> new Reply.Unavailable("no such adapter", false, Optional.empty());
        engine.chat(Prompt.of("s", "u"), new Inferences.Need("g", "LOW", false, Optional.empty()), piece -> {});
        assertThat(counted).containsExactly("Model ours g true");
    }
}
