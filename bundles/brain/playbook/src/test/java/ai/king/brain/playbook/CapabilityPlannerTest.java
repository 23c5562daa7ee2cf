/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Situation;
import ai.king.kit.FakeMind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapabilityPlannerTest {

    private static final List<Capability> TEAM = List.of(
            new Capability("analytics", "kpis", "Compares key figures with their targets", "LOW"),
            new Capability("analytics", "trends", "Finds trends in sales", "LOW"),
            new Capability("analytics", "anomalies", "Finds outliers", "LOW"),
            new Capability("finance", "pnl", "Profit and loss", "LOW"),
            new Capability("finance", "cash_flow", "Cash flow and reserve days", "LOW"),
            new Capability("finance", "forecast", "Forecasts revenue with intervals", "LOW"),
            new Capability("research", "document_research", "Cites what documents say", "LOW"),
            new Capability("commerce", "price", "Changes prices", "LOW"),
            new Capability("commerce", "reorder", "Orders stock", "LOW"),
            new Capability("commerce", "inventory", "Says what is in stock", "LOW"));

    private final CapabilityPlanner planner = new CapabilityPlanner();
    private final Mind mind = new EmbeddingMind();

    private static Situation situation(
            String goal, Intent.Type type, Intent.Action action, List<String> documents, List<Capability> team) {
        return new Situation(
                goal,
                new Intent(type, action, Map.of("period", "next quarter"), 0.9),
                Map.of(),
                Set.of(),
                documents,
                team);
    }

    private Plan plan(String goal, Intent.Type type, Intent.Action action, String... documents) {
        return planner.plan(situation(goal, type, action, List.of(documents), TEAM), mind)
                .orElseThrow();
    }

    private static Plan.Step step(Plan plan, String name) {
        return plan.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void plansAQuarterWithFiguresDocumentsPricesAndOrders() {
        Plan plan = plan("Plan the next quarter", Intent.Type.COMMAND, Intent.Action.GENERATE_REPORT, "d-1");
        assertThat(plan.steps()).extracting(Plan.Step::agent).contains("analytics", "finance", "research", "commerce");
        assertThat(step(plan, "prices").dependsOn()).contains("documents", "profit", "targets");
        assertThat(step(plan, "stock").dependsOn()).contains("documents", "forecast", "trends");
        assertThat(step(plan, "targets").dependsOn()).isEmpty();
        assertThat(step(plan, "profit").risk()).isEqualTo("MEDIUM");
        assertThat(step(plan, "targets").input()).containsEntry("period", "next quarter");
        assertThat(plan.rationale()).contains("No agent here can do: legal");
    }

    @Test
    void changesNothingWhenOnlyAReportIsAskedFor() {
        Plan plan = plan("Write a report on last month", Intent.Type.COMMAND, Intent.Action.GENERATE_REPORT);
        assertThat(plan.steps()).extracting(Plan.Step::agent).doesNotContain("commerce", "research");
    }

    @Test
    void orderedPricesBringNoPurchase() {
        Plan plan =
                plan("Raise the prices where margins are thin", Intent.Type.COMMAND, Intent.Action.OPTIMIZE_BUSINESS);
        assertThat(plan.steps()).extracting(Plan.Step::action).contains("price").doesNotContain("reorder");
    }

    @Test
    void answersAQuestionWithTheSkillsNearestToIt() {
        Plan plan = plan("Which products are low on stock?", Intent.Type.QUERY, Intent.Action.ANALYZE_BUSINESS);
        assertThat(plan.steps())
                .extracting(Plan.Step::action)
                .contains("inventory")
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void findsASkillUnderAnotherNameByItsMeaning() {
        Situation renamed = situation(
                "Report on last month",
                Intent.Type.COMMAND,
                Intent.Action.GENERATE_REPORT,
                List.of(),
                List.of(new Capability("finance", "income_statement", "Revenue, costs and profit of a period", "LOW")));
        assertThat(planner.plan(renamed, mind).orElseThrow().steps())
                .singleElement()
                .extracting(Plan.Step::action)
                .isEqualTo("income_statement");
    }

    @Test
    void plansByNamesAloneWhenNothingEmbeds() {
        Situation goal = situation(
                "Plan the next quarter", Intent.Type.COMMAND, Intent.Action.GENERATE_REPORT, List.of("d-1"), TEAM);
        assertThat(planner.plan(goal, FakeMind.empty()).orElseThrow().steps()).hasSize(9);
    }

    @Test
    void leavesStoppingAndWhatNobodyUnderstoodToAPerson() {
        for (Intent.Action action : List.of(Intent.Action.STOP_BUSINESS, Intent.Action.UNKNOWN)) {
            assertThat(planner.plan(situation("x", Intent.Type.COMMAND, action, List.of(), TEAM), mind))
                    .isEmpty();
        }
    }
}
