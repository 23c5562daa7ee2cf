/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.Plan;
import ai.king.brain.Situation;
import ai.king.kit.Configs;
import ai.king.kit.FakeMind;
import ai.king.lib.window.Marked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.util.converter.Converters;

class PlansTest {

    private static final List<Capability> CAPABILITIES = List.of(
            new Capability("research", "document_research", "reads documents", "LOW"),
            new Capability("finance", "pnl", "profit and loss", "MEDIUM"),
            new Capability("commerce", "price", "changes prices", "HIGH"),
            new Capability("legal", "compliance", "checks texts", "LOW"));

    private final ReactBrain brain = new ReactBrain(Configs.defaults(ReactBrain.Config.class));

    private static Situation situation(Situation.Tried... tried) {
        return situation(Intent.Action.GENERATE_REPORT, tried);
    }

    private static Situation situation(Intent.Action action, Situation.Tried... tried) {
        return new Situation(
                "Plan the next quarter",
                new Intent(Intent.Type.COMMAND, action, Map.of("period", "Q3"), 0.9),
                Map.of("name", "Pet supplies"),
                Set.of("orders"),
                List.of("doc-1"),
                CAPABILITIES,
                List.of(tried));
    }

    private static String plan(String... steps) {
        return "{\"rationale\":\"It must be known first\",\"steps\":[" + String.join(",", steps) + "]}";
    }

    private static String step(String name, String agent, String action, String... after) {
        String needs = after.length == 0 ? "" : "\"" + String.join("\",\"", after) + "\"";
        return "{\"name\":\"%s\",\"agent\":\"%s\",\"action\":\"%s\",\"depends_on\":[%s],\"risk\":\"LOW\"}"
                .formatted(name, agent, action, needs);
    }

    private Optional<Plan> planned(ScriptedMind mind, Situation.Tried... tried) {
        return brain.plan(situation(tried), mind);
    }

    @Test
    void wordsOfTheConfigurationStandInPlaceOfTheBuiltInOnesAndDataStillGiveNoOrders() {
        ReactBrain.Config config = Converters.standardConverter()
                .convert(Map.of("prompt.plans", "Plan for a florist, at most {steps} steps."))
                .to(ReactBrain.Config.class);
        ScriptedMind mind = ScriptedMind.saying(plan(step("money", "finance", "pnl")));
        assertThat(new ReactBrain(config).plan(situation(), mind)).isPresent();
        assertThat(mind.asked.get(0).messages().get(0).text())
                .startsWith("Plan for a florist, at most 20 steps.")
                .endsWith(Marked.RULE)
                .doesNotContain("small online businesses");
    }

    @Test
    void rulesForWhatWasTriedAreToldOnlyWhenSomethingWas() {
        ScriptedMind first = ScriptedMind.saying(plan(step("money", "finance", "pnl")));
        planned(first);
        ScriptedMind again = ScriptedMind.saying(plan(step("money", "finance", "pnl")));
        planned(again, new Situation.Tried("old", "finance", "pnl", "FAILED", "no data"));
        assertThat(first.asked.get(0).messages().get(0).text()).doesNotContain("tried before", "is remembered");
        assertThat(again.asked.get(0).messages().get(0).text())
                .contains("tried before")
                .doesNotContain("is remembered")
                .endsWith(Marked.RULE);
    }

    @Test
    void makesStepsOfTheModelsPlan() {
        ScriptedMind mind = ScriptedMind.saying("Here it is:\n```json\n"
                + plan(
                        step("reading", "research", "document_research"),
                        step("money", "finance", "pnl"),
                        step("prices", "commerce", "price", "money", "reading"))
                + "\n```");
        Plan plan = planned(mind).orElseThrow();
        assertThat(plan.rationale()).isEqualTo("It must be known first");
        assertThat(plan.steps()).extracting(Plan.Step::name).containsExactly("reading", "money", "prices");
        assertThat(plan.steps().get(2).dependsOn()).containsExactly("money", "reading");
        assertThat(plan.steps().get(0).input()).isEqualTo(Map.of("period", "Q3"));
        assertThat(mind.asked).hasSize(1);
    }

    @Test
    void raisesTheRiskToWhatTheSkillAndTheLawAsk() {
        Plan plan = planned(ScriptedMind.saying(plan(
                        step("money", "finance", "pnl"),
                        step("law", "legal", "compliance"),
                        step("prices", "commerce", "price"))))
                .orElseThrow();
        assertThat(plan.steps()).extracting(Plan.Step::risk).containsExactly("MEDIUM", "MEDIUM", "HIGH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"agent\":\"magic\",\"action\":\"do\"} | which is not there; there are research, finance",
                "{\"name\":\"a\",\"agent\":\"finance\",\"action\":\"do\"} | finance has no action “do”; it has pnl",
                "{\"name\":\"A b\",\"agent\":\"finance\",\"action\":\"pnl\"} | not lower case with underscores",
                "{\"name\":\"a\",\"agent\":\"finance\",\"action\":\"pnl\",\"depends_on\":[\"b\"]} | depends on b, which is not in the plan",
                "{\"name\":\"a\",\"agent\":\"finance\",\"action\":\"pnl\",\"depends_on\":[\"a\"]} | wait for each other in a circle: a",
                "{\"name\":\"a\",\"agent\":\"finance\",\"action\":\"pnl\",\"risk\":\"NONE\"} | is none of LOW, MEDIUM",
                "{\"name\":\"a\",\"agent\":\"finance\",\"action\":\"pnl\",\"input\":[1]} | the input of step a is no object"
            })
    void tellsTheModelWhatIsUnsound(String step, String told) {
        ScriptedMind mind = ScriptedMind.saying(plan(step), plan(step("money", "finance", "pnl")));
        assertThat(planned(mind)).isPresent();
        assertThat(mind.asked).hasSize(2);
        assertThat(mind.lastTold()).contains(told);
    }

    @Test
    void whatNeedsResearchComesAfterIt() {
        ScriptedMind mind = ScriptedMind.saying(
                plan(step("reading", "research", "document_research"), step("prices", "commerce", "price")),
                plan(step("reading", "research", "document_research"), step("prices", "commerce", "price", "reading")));
        assertThat(planned(mind)).isPresent();
        assertThat(mind.lastTold()).contains("step prices (commerce) must depend on reading (research)");
    }

    @Test
    void saysNotMeAfterItWasAskedAgainThreeTimes() {
        ScriptedMind mind = ScriptedMind.saying(plan(step("a", "magic", "do")));
        assertThat(planned(mind)).isEmpty();
        assertThat(mind.asked).hasSize(4);
    }

    @Test
    void saysNotMeWhenTheModelKnowsNoWayOrNobodyAnswers() {
        assertThat(planned(ScriptedMind.saying("{\"rationale\":\"no agent paints\",\"steps\":[]}")))
                .isEmpty();
        assertThat(planned(ScriptedMind.saying())).isEmpty();
        assertThat(brain.plan(situation(), FakeMind.empty())).isEmpty();
    }

    @Test
    void closingABusinessIsLeftToAPerson() {
        ScriptedMind mind = ScriptedMind.saying(plan(step("money", "finance", "pnl")));
        assertThat(brain.plan(situation(Intent.Action.STOP_BUSINESS), mind)).isEmpty();
        assertThat(mind.asked).isEmpty();
    }

    @Test
    void plansOnAfterAStepThatFailed() {
        Situation.Tried[] tried = {
            new Situation.Tried("reading", "research", "document_research", "COMPLETED", ""),
            new Situation.Tried("money", "finance", "pnl", "FAILED", "the bank does not answer")
        };
        ScriptedMind mind = ScriptedMind.saying(
                plan(step("money", "finance", "pnl", "reading")),
                plan(step("money_again", "finance", "pnl", "reading")));
        assertThat(planned(mind, tried).orElseThrow().steps())
                .singleElement()
                .satisfies(step -> assertThat(step.dependsOn()).containsExactly("reading"));
        assertThat(mind.lastTold()).contains("two steps are called money");
        assertThat(mind.asked.get(0).messages().get(1).text())
                .contains("money (finance pnl) FAILED: the bank does not answer");
    }

    @Test
    void plansWithWhatIsRememberedAndHowEarlierGoalsEnded() {
        ScriptedMind mind = ScriptedMind.saying(plan(step("money", "finance", "pnl")));
        Situation first = situation();
        Situation known = new Situation(
                first.goal(),
                first.intent(),
                first.business(),
                first.recordKinds(),
                first.documents(),
                first.capabilities(),
                List.of(),
                List.of(new Situation.Known("analytics", "August is the weakest month")),
                List.of(new Situation.Known("memory", "Goal: Plan June. Outcome: FAILED, no targets")));
        assertThat(brain.plan(known, mind)).isPresent();
        assertThat(mind.asked.get(0).messages().get(1).text())
                .contains("memory remembered by analytics>\nAugust is the weakest month")
                .contains("history an earlier goal>\nGoal: Plan June. Outcome: FAILED, no targets");
    }

    @Test
    void aLongMemoryLeavesRoomForTheGoal() {
        ScriptedMind mind = ScriptedMind.saying("a summary", plan(step("money", "finance", "pnl")));
        Situation first = situation();
        List<Situation.Known> much = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> new Situation.Known("analytics", ("finding " + i + " of many words ").repeat(2_000)))
                .toList();
        Situation known = new Situation(
                first.goal(),
                first.intent(),
                first.business(),
                first.recordKinds(),
                first.documents(),
                first.capabilities(),
                List.of(),
                much,
                List.of());
        assertThat(brain.plan(known, mind).orElseThrow().rationale())
                .contains("Not all of it fitted")
                .contains("memory");
        assertThat(mind.asked.get(1).messages().get(1).text())
                .contains("Plan the next quarter", "finding 39", "a summary");
    }
}
