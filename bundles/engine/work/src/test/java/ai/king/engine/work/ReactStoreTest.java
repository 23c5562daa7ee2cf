/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Agent;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.research.ResearchAgent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Planner;
import ai.king.brain.playbook.PlaybookBrain;
import ai.king.brain.react.ReactBrain;
import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.TestDatabase;
import ai.king.engine.work.ModelDouble.Kind;
import ai.king.gate.Vote;
import ai.king.inference.InferenceBackend;
import ai.king.inference.openai.OpenAiBackend;
import ai.king.inferences.Inferences;
import ai.king.kit.FakeBusiness;
import ai.king.lib.wire.Endpoint;
import ai.king.lib.wire.Endpoint.Behaviour;
import ai.king.signals.Signals;
import ai.king.store.Json;
import ai.king.store.Store;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import ai.king.tool.ToolResult;
import ai.king.work.Goal;
import ai.king.work.Goals;
import ai.king.work.Step;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goals by a model behind OpenAI's protocol: from the text to the answer, and whatever the wire or the model does wrong. */
@Timeout(120)
class ReactStoreTest {

    private static final String INTENT =
            "{\"type\":\"COMMAND\",\"action\":\"RESEARCH_MARKET\",\"parameters\":{},\"confidence\":0.95}";
    private static final String PLAN = plan("research", "document_research");
    private static final String TERMS = "Late delivery costs the supplier 2 % of the price for each day.";

    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final TestDatabase database = TestDatabase.h2();
    private ModelDouble model;
    private InferenceEngine inferences;
    private Workshop shop;

    @AfterEach
    void close() throws IOException {
        shop.close();
        inferences.close();
        model.close();
        database.close();
    }

    private static String plan(String agent, String action) {
        return "{\"rationale\":\"The terms say it\",\"steps\":[{\"name\":\"find_out\",\"agent\":\"%s\",\"action\":\"%s\"}]}"
                .formatted(agent, action);
    }

    private void open(Function<JsonNode, Behaviour> answers) throws IOException {
        model = new ModelDouble(answers);
        Store store = database.store();
        FakePlugs plugs = new FakePlugs();
        StoredDocument terms =
                new StoredDocument("terms.md", "b-1", "terms.md", "text/markdown", "", 1, TERMS, Instant.EPOCH, 0);
        Businesses businesses = Workshop.lamps(store, new FakeBusiness().document("terms.md", TERMS), terms);
        inferences = new InferenceEngine(
                Plug.of(
                        OpenAiBackend.class,
                        Map.of("url", model.url(), "silence.timeout", 1, "answer.timeout", 2, "connect.timeout", 1)),
                plugs,
                store);
        shop = new Workshop(
                store, database.dataSource(), "node-a", Workshop.QUICK, plugs, businesses, inferences.service());
        brain(plugs, "react", Plug.of(ReactBrain.class, Map.of()), 100, "REACT");
        brain(plugs, "playbook", Plug.of(PlaybookBrain.class, Map.of()), 0, "PLAYBOOK");
        plugs.add(
                Agent.class,
                "research",
                "gen-research",
                Map.of("king.agent.capabilities", new String[] {"document_research: finds what documents say"}),
                Plug.of(ResearchAgent.class, Map.of()));
        shop.agent(
                        "asker",
                        (task, context) -> asks(context.inquire(new Inquiry(
                                "You help", task.goal(), List.of(), List.of("documents.search", "mail.send"), 0.1))))
                .tool("documents.search", Effect.READ, call -> ToolResult.ok(Map.of("passage", TERMS)))
                .tool("mail.send", Effect.PUBLISH, call -> {
                    effects.add(String.valueOf(call.arguments()));
                    return ToolResult.ok(Map.of("sent", true));
                })
                .start();
    }

    private static void brain(FakePlugs plugs, String name, Object brain, int rank, String mode) {
        Map<String, Object> properties = Map.of("king.brain.rank", rank, "king.brain.mode", mode);
        plugs.add(IntentClassifier.class, name, "gen-" + name, properties, (IntentClassifier) brain);
        plugs.add(Planner.class, name, "gen-" + name, properties, (Planner) brain);
    }

    private static Outcome asks(Inquired inquired) {
        return inquired instanceof Inquired.Answered answered
                ? Workshop.done(Map.of("answer", answered.text()))
                : new Outcome.Failed(((Inquired.Ended) inquired).reason(), ((Inquired.Ended) inquired).retriable());
    }

    /** The engine over one backend. */
    private static final class InferenceEngine implements AutoCloseable {
        private final ai.king.engine.inference.InferenceEngine engine;

        InferenceEngine(OpenAiBackend backend, FakePlugs plugs, Store store) {
            plugs.add(
                    InferenceBackend.class,
                    "openai",
                    "gen-openai",
                    Map.of("king.backend.tier", "high", "king.backend.prices", "gpt-4o-mini 1.00 2.00 USD"),
                    backend);
            Signals none = (Signals) Proxy.newProxyInstance(
                    ReactStoreTest.class.getClassLoader(), new Class<?>[] {Signals.class}, (p, method, args) -> null);
            engine = Plug.of(
                    ai.king.engine.inference.InferenceEngine.class, Map.of(), plugs, none, TestGate.over(store), store);
        }

        Inferences service() {
            return engine;
        }

        @Override
        public void close() {
            try {
                var stop = engine.getClass().getDeclaredMethod("stop");
                stop.setAccessible(true);
                stop.invoke(engine);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Goal run(String text) {
        Goals.NewGoal goal = new Goals.NewGoal(text, "b-1", null, List.of(), false);
        return shop.await(shop.goals().submit(Workshop.PAT, goal));
    }

    private static Behaviour thinks(JsonNode request, String plan, Function<JsonNode, Behaviour> step) {
        return switch (ModelDouble.kind(request)) {
            case INTENT -> ModelDouble.says("```json\n" + INTENT + "\n```");
            case PLAN -> ModelDouble.says("My plan: " + plan);
            case STEP -> step.apply(request);
        };
    }

    private String report(Goal goal) {
        return Json.write(shop.goals().report(goal.id()));
    }

    @Test
    void aGoalIsUnderstoodPlannedAndAnsweredByAModel() throws Exception {
        open(request -> thinks(
                request,
                PLAN,
                step -> ModelDouble.turns(step) == 0
                        ? ModelDouble.calls("documents-search", "{\"query\":\"late delivery\"}")
                        : ModelDouble.says("Late delivery costs 2 % for each day [1].")));
        Goal goal = run("Find out what late delivery costs the supplier");
        assertThat(goal.status()).as(goal.error()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(goal.mode()).isEqualTo("REACT");
        assertThat(goal.rationale()).isEqualTo("The terms say it");
        Step step = shop.step(goal, "find_out");
        assertThat(step.output()).containsEntry("answer", "Late delivery costs 2 % for each day [1].");
        assertThat(step.marked()).isTrue();
        assertThat(report(goal)).contains("by gpt-4o-mini in 2 turns", "terms.md");
        assertThat(model.asked()).hasSize(4);
        assertThat(shop.goals().modelUse(goal.id()))
                .as("what it took for intent, plan and step, at the price of the configuration")
                .extracting(use -> use.purpose() + " " + use.calls() + " " + use.promptTokens() + " "
                        + use.cost()
                                .map(Money::amount)
                                .map(BigDecimal::toPlainString)
                                .orElse("unknown"))
                .containsExactly("intent 1 100 0.00012", "plan 1 100 0.00012", "find_out 2 200 0.00024");
        assertThat(report(goal)).contains("Cost of models", "\"0.00048\"", "\"440\"");
        model.checked();
    }

    @Test
    void whenTheBackendDiesBetweenIntentAndPlanThePlaybookGoesOn() throws Exception {
        open(request -> ModelDouble.kind(request) == Kind.INTENT ? ModelDouble.says(INTENT) : ModelDouble.error(500));
        Goal goal = run("Find out what late delivery costs the supplier");
        assertThat(goal.status()).as(goal.error()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(goal.mode()).isEqualTo("PLAYBOOK");
        assertThat(goal.intent().confidence()).isEqualTo(0.95);
        assertThat(report(goal)).contains("costs the supplier 2 %");
    }

    @Test
    void anEffectOfTheModelWaitsForAPersonAndHappensOnce() throws Exception {
        open(request -> thinks(request, plan("asker", "do"), step -> switch (ModelDouble.turns(step)) {
            case 0 -> ModelDouble.calls("documents-search", "{\"query\":\"address\"}");
            case 1 -> ModelDouble.calls("mail-send", "{\"to\":\"supplier\"}");
            default -> ModelDouble.says("The mail to the supplier is sent.");
        }));
        Goal goal = run("Tell the supplier about the late delivery");
        assertThat(goal.status()).isEqualTo(Goal.Status.WAITING_APPROVAL);
        assertThat(effects).isEmpty();
        int asked = model.asked().size();
        shop.vote(TestGate.BEN, shop.open().get(0), Vote.Decision.APPROVE);
        Goal ended = shop.until(
                () -> shop.goals().find(goal.id()).filter(now -> now.status().ended()));
        assertThat(ended.status()).as(ended.error()).isEqualTo(Goal.Status.COMPLETED);
        assertThat(effects).containsExactly("{to=supplier}");
        assertThat(model.asked())
                .as("what was said before the vote was not asked again")
                .hasSize(asked + 1);
        model.checked();
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "slow", "cut", "garbage", "429", "429 later", "500"})
    void whateverTheWireDoesTheGoalEndsWithAReason(String fault) throws Exception {
        open(request -> thinks(request, plan("asker", "do"), step -> fault(fault)));
        Goal goal = run("What does late delivery cost?");
        assertThat(goal.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(goal.error()).matches("(?s)find_out: (no backend answers: )?openai: \\S.*");
        assertThat(effects).isEmpty();
    }

    private Behaviour fault(String fault) {
        List<String> frames = ModelDouble.frames("Late delivery costs two percent of the price.");
        Endpoint endpoint = model.endpoint();
        return switch (fault) {
            case "silent" -> endpoint.silent();
            case "slow" -> endpoint.trickle(ModelDouble.STREAM, frames.get(1), 50);
            case "cut" -> Endpoint.cut(ModelDouble.STREAM, frames.subList(0, 2));
            case "garbage" -> Endpoint.whole(200, ModelDouble.STREAM, "<html>proxy error</html>");
            case "429" -> ModelDouble.error(429);
            case "429 later" -> ModelDouble.error(429, "Retry-After: 30");
            default -> ModelDouble.error(500);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown tool", "bad arguments", "loop", "language", "never", "empty"})
    void whateverTheModelDoesTheGoalEndsWithAReason(String fault) throws Exception {
        open(request -> thinks(request, plan("asker", "do"), step -> astray(fault, step)));
        Goal goal = run("What does late delivery cost us, and who is to pay for it in the end?");
        assertThat(goal.status()).isEqualTo(Goal.Status.FAILED);
        assertThat(goal.error()).startsWith("find_out: the model ");
        assertThat(effects).isEmpty();
        model.checked();
    }

    private static Behaviour astray(String fault, JsonNode step) {
        return switch (fault) {
            case "unknown tool" -> ModelDouble.calls("bank-pay", "{\"to\":\"Mallory\"}");
            case "bad arguments" -> ModelDouble.calls("documents-search", "[1]");
            case "loop" -> ModelDouble.calls("documents-search", "{\"query\":\"again\"}");
            case "language" -> ModelDouble.says(
                    "Die Lieferung ist zu spät und der Lieferant muss mit zwei Prozent für jeden Tag zahlen.");
            case "never" -> ModelDouble.calls(
                    "documents-search", "{\"query\":\"turn " + ModelDouble.turns(step) + "\"}");
            default -> ModelDouble.says(" ");
        };
    }

    @Test
    void anAnswerThatMakesNoSenseLeavesTheGoalToTheBrainWithoutAModel() throws Exception {
        open(request -> ModelDouble.says("I would rather talk about lamps."));
        Goal goal = run("Find out what late delivery costs the supplier");
        assertThat(goal.status().ended() || goal.status() == Goal.Status.WAITING_INPUT)
                .isTrue();
        assertThat(goal.mode()).isEqualTo("PLAYBOOK");
        assertThat(Optional.ofNullable(goal.rationale())).isPresent();
    }
}
