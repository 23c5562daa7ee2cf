/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.inference.BackendStatus;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences;
import ai.king.tool.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class InferenceEngineTest {

    private static final Prompt PROMPT = Prompt.of("s", "u");

    private final FakePlugs plugs = new FakePlugs();
    private final Recorder recorder = new Recorder();
    private final List<String> events = recorder.events;
    private final MovingClock clock = new MovingClock();
    private final Purse purse = new Purse();
    private String sensitivity = "medium";
    private final Inferences engine = new InferenceEngine(
            plugs, recorder, () -> sensitivity, Duration.ofSeconds(60), clock, purse, InferenceEngine.timer());

    private static Inferences.Need need(String risk) {
        return new Inferences.Need("goal-1", risk, false, Optional.empty());
    }

    private Reply chat() {
        return engine.chat(PROMPT, need("LOW"), piece -> {});
    }

    private String text(String risk) {
        return ((Reply.Answer) engine.chat(PROMPT, need(risk), piece -> {})).text();
    }

    @Test
    void asksTheCheapestAndForHighRiskTheHighTier() {
        plugs.with(
                        "hosted",
                        FakeBackend.saying("hosted"),
                        Map.of("king.backend.tier", "high", "king.backend.cost", 5.0))
                .with("ours", FakeBackend.saying("ours"), Map.of("king.backend.tier", "standard"));
        assertThat(text("LOW")).isEqualTo("ours");
        assertThat(text("MEDIUM")).isEqualTo("ours");
        assertThat(text("HIGH")).isEqualTo("hosted");
        assertThat(text("CRITICAL")).isEqualTo("hosted");
        Reply exact = engine.chat(PROMPT, new Inferences.Need("g", "LOW", true, Optional.empty()), piece -> {});
        assertThat(((Reply.Answer) exact).text()).isEqualTo("hosted");
    }

    @Test
    void tellsWhatACallTookAndItsPriceOnlyWhereOneIsConfigured() {
        List<Inferences.Paid> paid = new ArrayList<>();
        plugs.with(
                "priced",
                FakeBackend.saying("x"),
                Map.of("king.backend.cost", 9.0, "king.backend.prices", new String[] {"other 7 7 EUR", "m 1.5 2 USD"}));
        engine.chat(PROMPT, need("LOW"), piece -> {}, paid::add);
        assertThat(paid)
                .containsExactly(new Inferences.Paid("priced", "m", 3, 2, Optional.of(Money.of("0.0000085", "USD"))));
    }

    @Test
    void aPriceThatIsMissingOrOddIsNoPrice() {
        List<Inferences.Paid> paid = new ArrayList<>();
        for (String odd : List.of("", "m", "m free free USD", "m -1 2 USD", "m 1 2 dollars", "M 1 2 USD")) {
            FakePlugs one = new FakePlugs().with("b", FakeBackend.saying("x"), Map.of("king.backend.prices", odd));
            new InferenceEngine(
                            one,
                            recorder,
                            () -> sensitivity,
                            Duration.ofSeconds(60),
                            clock,
                            purse,
                            InferenceEngine.timer())
                    .chat(PROMPT, need("LOW"), piece -> {}, paid::add);
        }
        assertThat(paid).hasSize(6).allMatch(each -> each.cost().isEmpty());
    }

    @Test
    void readsACostThatCameAsText() {
        plugs.with("a", FakeBackend.saying("dear"), Map.of("king.backend.cost", "2.5"))
                .with("b", FakeBackend.saying("cheap"), Map.of("king.backend.cost", "0.5"))
                .with("c", FakeBackend.saying("odd"), Map.of("king.backend.cost", "much"));
        assertThat(text("LOW")).isEqualTo("cheap");
    }

    @Test
    void namesTheWindowOfTheModelThatWouldBeAsked() {
        assertThat(engine.window(need("LOW"))).isEqualTo(Window.usual());
        FakeBackend ours = FakeBackend.saying("ours");
        ours.status = new BackendStatus(true, true, false, List.of("llama3"), OptionalDouble.empty(), "well");
        plugs.with(
                        "hosted",
                        FakeBackend.saying("hosted"),
                        Map.of("king.backend.tier", "high", "king.backend.cost", 5.0))
                .with("ours", ours, Map.of("king.backend.window", "8192"));
        assertThat(engine.window(need("LOW"))).isEqualTo(new Window("llama3", 8_192));
        assertThat(engine.window(need("HIGH")).tokens()).isEqualTo(128_000);
    }

    @Test
    void aBackendsOwnWordForItsWindowCountsWhereNothingIsConfigured() {
        FakeBackend said = FakeBackend.saying("said");
        said.status = new BackendStatus(
                true, true, false, List.of("qwen"), OptionalDouble.empty(), "well", OptionalInt.of(32_768));
        plugs.with("said", said, Map.of("king.backend.window", "0"));
        assertThat(engine.window(need("LOW"))).isEqualTo(new Window("qwen", 32_768));
    }

    @Test
    void asksTheLeastBusyOfThoseThatCostTheSame() {
        FakeBackend busy = FakeBackend.saying("busy");
        busy.status = new BackendStatus(true, true, false, List.of(), OptionalDouble.of(0.9), "busy");
        FakeBackend idle = FakeBackend.saying("idle");
        idle.status = new BackendStatus(true, true, false, List.of(), OptionalDouble.of(0.1), "idle");
        plugs.with("a", busy, Map.of()).with("b", idle, Map.of());
        assertThat(text("LOW")).isEqualTo("idle");
    }

    @Test
    void asksTheNextOneAfterARetriableFailure() {
        plugs.with("a", FakeBackend.failing(true), Map.of()).with("b", FakeBackend.saying("b"), Map.of());
        assertThat(text("LOW")).isEqualTo("b");
        assertThat(plugs.failed).containsExactly("a");
        assertThat(plugs.out).isEmpty();
    }

    @Test
    void asksNobodyElseAfterAClientError() {
        FakeBackend other = FakeBackend.saying("b");
        plugs.with("a", FakeBackend.failing(false), Map.of()).with("b", other, Map.of());
        assertThat(chat()).isEqualTo(new Reply.Unavailable("a: it broke", false, Optional.empty()));
        assertThat(other.calls).isZero();
        assertThat(plugs.failed).isEmpty();
    }

    @Test
    void saysNothingTwiceWhenABackendFailsInTheMiddle() {
        FakeBackend half = FakeBackend.failing(true);
        half.behaviour = (prompt, listener) -> {
            listener.onText("half");
            return new Reply.Unavailable("broke off", true, Optional.empty());
        };
        plugs.with("a", half, Map.of()).with("b", FakeBackend.saying("whole"), Map.of());
        StringBuilder heard = new StringBuilder();
        assertThat(engine.chat(PROMPT, need("LOW"), heard::append)).isInstanceOf(Reply.Unavailable.class);
        assertThat(heard).hasToString("half");
    }

    @Test
    void namesEveryCauseWhenAllFail() {
        FakeBackend ill = FakeBackend.saying("c");
        ill.status = new BackendStatus(false, true, false, List.of(), OptionalDouble.empty(), "no key is configured");
        plugs.with("a", FakeBackend.failing(true), Map.of())
                .with("b", FakeBackend.busy(7), Map.of())
                .with("c", ill, Map.of());
        assertThat(chat())
                .isEqualTo(new Reply.Unavailable(
                        "no backend answers: a: it broke; b: 429 too many requests; c: no key is configured",
                        true,
                        Optional.of(7L)));
    }

    @Test
    void opensTheBreakerAfterThreeFailuresAndTriesOnceAfterAMinute() {
        FakeBackend a = FakeBackend.failing(true);
        plugs.with("a", a, Map.of());
        for (int i = 0; i < 3; i++) {
            chat();
        }
        assertThat(((Reply.Unavailable) chat()).reason()).contains("left alone");
        assertThat(a.calls).isEqualTo(3);
        assertThat(engine.canChat()).isFalse();
        assertThat(engine.backends()).extracting(Inferences.Backend::state).containsExactly("DOWN");
        clock.now = clock.now.plusSeconds(61);
        assertThat(engine.canChat()).isTrue();
        a.behaviour = FakeBackend.saying("again").behaviour;
        assertThat(text("LOW")).isEqualTo("again");
        assertThat(engine.backends()).extracting(Inferences.Backend::state).containsExactly("UP");
        assertThat(events).containsExactly("breaker.opened", "breaker.trying", "breaker.closed");
    }

    @Test
    void opensEarlierWhenTheProfileIsMoreSensitive() {
        sensitivity = "high";
        FakeBackend a = FakeBackend.failing(true);
        plugs.with("a", a, Map.of());
        for (int i = 0; i < 5; i++) {
            chat();
        }
        assertThat(a.calls).isEqualTo(2);
    }

    @Test
    void leavesABackendAloneAsLongAsItAsksForButNoLongerThanAFailingOne() {
        FakeBackend a = FakeBackend.busy(17);
        plugs.with("a", a, Map.of()).with("b", FakeBackend.saying("b"), Map.of());
        assertThat(text("LOW")).isEqualTo("b");
        assertThat(text("LOW")).isEqualTo("b");
        assertThat(a.calls).isEqualTo(1);
        assertThat(engine.backends()).extracting(Inferences.Backend::state).containsExactly("DOWN", "UP");
        clock.now = clock.now.plusSeconds(18);
        a.behaviour = FakeBackend.busy(86_400).behaviour;
        assertThat(text("LOW")).isEqualTo("b");
        assertThat(a.calls).isEqualTo(2);
        clock.now = clock.now.plusSeconds(61);
        a.behaviour = FakeBackend.saying("a").behaviour;
        assertThat(text("LOW")).isEqualTo("a");
        assertThat(events).isEmpty();
    }

    @Test
    void neverOpensForClientErrors() {
        FakeBackend a = FakeBackend.failing(false);
        plugs.with("a", a, Map.of());
        for (int i = 0; i < 20; i++) {
            chat();
        }
        assertThat(a.calls).isEqualTo(20);
        assertThat(events).isEmpty();
    }

    @Test
    void aClientErrorBetweenFailuresDoesNotBreakTheirRow() {
        FakeBackend a = FakeBackend.failing(true);
        plugs.with("a", a, Map.of());
        for (boolean retriable : new boolean[] {true, false, true, false, true}) {
            a.behaviour = FakeBackend.failing(retriable).behaviour;
            chat();
        }
        assertThat(events).containsExactly("breaker.opened");
        assertThat(((Reply.Unavailable) chat()).reason()).contains("left alone");
        assertThat(a.calls).isEqualTo(5);
    }

    @Test
    void aClientErrorOfTheCallThatTriesLeavesTheNextOneToTry() {
        FakeBackend a = FakeBackend.failing(true);
        plugs.with("a", a, Map.of());
        for (int i = 0; i < 3; i++) {
            chat();
        }
        clock.now = clock.now.plusSeconds(61);
        a.behaviour = FakeBackend.failing(false).behaviour;
        chat();
        assertThat(engine.backends()).extracting(Inferences.Backend::state).containsExactly("HALF_OPEN");
        a.behaviour = FakeBackend.failing(true).behaviour;
        chat();
        assertThat(events).containsExactly("breaker.opened", "breaker.trying", "breaker.opened");
    }

    @Test
    void neverOpensForCallersWhoLeave() {
        FakeBackend a = FakeBackend.saying("a");
        a.behaviour = (prompt, listener) -> {
            try {
                listener.onText("x");
            } catch (IllegalStateException e) {
                return new Reply.Unavailable("the listener ended the chat", true, Optional.empty());
            }
            return new Reply.Unavailable("?", true, Optional.empty());
        };
        plugs.with("a", a, Map.of());
        for (int i = 0; i < 10; i++) {
            engine.chat(PROMPT, need("LOW"), piece -> {
                throw new IllegalStateException("gone");
            });
        }
        assertThat(a.calls).isEqualTo(10);
    }

    @Test
    void holdsTheLeaseUntilTheLastPiece() {
        plugs.with("a", FakeBackend.saying("a"), Map.of());
        List<String> held = new ArrayList<>();
        engine.chat(PROMPT, need("LOW"), piece -> held.addAll(plugs.out));
        assertThat(held).containsExactly("a");
        assertThat(plugs.out).isEmpty();
    }

    @Test
    void countsAThrowingBackendAsFailed() {
        FakeBackend broken = FakeBackend.saying("a");
        broken.behaviour = (prompt, listener) -> {
            throw new IllegalArgumentException("bug");
        };
        plugs.with("a", broken, Map.of()).with("b", FakeBackend.saying("b"), Map.of());
        assertThat(text("LOW")).isEqualTo("b");
        assertThat(plugs.failed).containsExactly("a");
    }

    @Test
    void asksOnlyWhoServesANamedModel() {
        plugs.with("a", FakeBackend.saying("a"), Map.of()).with("b", FakeBackend.saying("b"), Map.of());
        Prompt named = new Prompt(Optional.of("m-b"), PROMPT.messages(), List.of(), 0, OptionalInt.empty());
        assertThat(((Reply.Answer) engine.chat(named, need("LOW"), piece -> {})).text())
                .isEqualTo("b");
        Prompt unknown = new Prompt(Optional.of("m-x"), PROMPT.messages(), List.of(), 0, OptionalInt.empty());
        assertThat(engine.chat(unknown, need("LOW"), piece -> {}))
                .isEqualTo(new Reply.Unavailable("no backend serves the model m-x", false, Optional.empty()));
    }

    @Test
    void asksWhatRunsInHouseBeforeWhatIsHosted() {
        plugs.with("a", FakeBackend.saying("hosted"), Map.of("king.backend.rank", 30))
                .with("b", FakeBackend.saying("ollama"), Map.of("king.backend.rank", 20))
                .with("c", FakeBackend.saying("vllm"), Map.of("king.backend.rank", "10"));
        assertThat(text("LOW")).isEqualTo("vllm");
    }

    @Test
    void asksWhatIsFullLast() {
        FakeBackend full = FakeBackend.saying("full");
        full.status = new BackendStatus(true, true, false, List.of(), OptionalDouble.of(1), "full");
        plugs.with("a", full, Map.of()).with("b", FakeBackend.saying("dear"), Map.of("king.backend.cost", 9));
        assertThat(text("LOW")).isEqualTo("dear");
    }

    @Test
    void asksAFreeBackendWhenTheMoneyIsGone() {
        plugs.with("a", FakeBackend.saying("paid"), Map.of("king.backend.tier", "high", "king.backend.cost", 5))
                .with("b", FakeBackend.saying("free"), Map.of());
        purse.onlyFree = true;
        assertThat(text("HIGH")).isEqualTo("free");
        assertThat(events).isEmpty();
    }

    @Test
    void setsAsideBeforeTheCallAndSettlesWhatWasCounted() {
        FakeBackend a = FakeBackend.saying("a");
        plugs.with("a", a, Map.of("king.backend.cost", 2, "king.backend.cost.completion", "10"));
        engine.chat(PROMPT, new Inferences.Need("g", "LOW", false, Optional.of("shop")), piece -> {});
        chat();
        assertThat(purse.reserved).containsExactly("business:shop a", "platform a");
        assertThat(purse.settled).containsExactly("a 5 0.000026", "a 5 0.000026");
        a.behaviour = FakeBackend.failing(true).behaviour;
        chat();
        assertThat(purse.settled).last().isEqualTo("a 0 0");
    }

    @Test
    void tellsOneSpanUnderTheNamesOfBothConventionsWithoutAWordOfThePrompt() {
        plugs.with("a", FakeBackend.saying("secret answer"), Map.of("king.backend.provider", "openai"));
        engine.chat(
                Prompt.of("be brief", "secret question"),
                new Inferences.Need("0198c0de-0000-7000-8000-000000000001", "LOW", false, Optional.empty()),
                piece -> {});
        assertThat(recorder.spans).singleElement().satisfies(span -> {
            assertThat(span.traceId()).isEqualTo("0198c0de000070008000000000000001");
            assertThat(span.attributes())
                    .containsEntry("gen_ai.operation.name", "chat")
                    .containsEntry("gen_ai.provider.name", "openai")
                    .containsEntry("gen_ai.usage.input_tokens", "3")
                    .containsEntry("openinference.span.kind", "LLM")
                    .containsEntry("llm.token_count.total", "5");
            assertThat(span.toString()).doesNotContain("secret question");
        });
    }

    @Test
    void theBusinessPaysForVectorsThatAreMadeForIt() {
        plugs.with("hosted", FakeBackend.embedding(), Map.of("king.backend.cost", 1.0));
        engine.embed(List.of("abc"), Optional.of("shop"));
        engine.embed(List.of("abc"));
        assertThat(purse.reserved).containsExactly("business:shop hosted", "platform hosted");
    }

    @Test
    void embedsAnywhereButChatsOnlyWhereItCan() {
        assertThat(engine.embed(List.of("x"))).isEmpty();
        plugs.with("local", FakeBackend.embedding(), Map.of());
        assertThat(engine.embed(List.of("abc")).orElseThrow().get(0)).containsExactly(3f);
        assertThat(engine.canChat()).isFalse();
        assertThat(chat())
                .isEqualTo(new Reply.Unavailable("no backend that chats is installed", false, Optional.empty()));
    }
}
