/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.brain.Capability;
import ai.king.brain.Intent;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Situation;
import ai.king.kit.FakeMind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapabilityPlannerTest {

    /** What the shipped agents say of themselves. */
    private static final List<Capability> TEAM = List.of(
            skill("analytics", "analyze", "analyses the business: key figures, trends, seasons, anomalies together"),
            skill("analytics", "kpis", "compares the key figures of the last full quarter with their targets"),
            skill("analytics", "trends", "finds whether revenue and orders grow or shrink"),
            skill("analytics", "anomalies", "finds odd days, prices, double entries, returns and stock-outs"),
            skill("analytics", "cohort", "shows how many customers of each month order again"),
            skill("finance", "plan", "plans revenue, cost and cash of the next quarter"),
            skill("finance", "pnl", "profit and loss by month"),
            skill("finance", "cash_flow", "cash by month, reserve days and account health"),
            skill("finance", "roi", "return on advertising by channel"),
            skill("finance", "forecast", "revenue of the next quarter with intervals, back-tested"),
            skill("research", "document_research", "finds what the supplied documents say about the goal"),
            skill("commerce", "inventory", "says what is in stock, how long it lasts and what runs low"),
            skill("commerce", "price", "raises prices that leave less than the minimum margin"),
            skill("commerce", "reorder", "orders what is at or below its reorder point"));

    private final CapabilityPlanner planner = new CapabilityPlanner();
    private final Mind mind = new EmbeddingMind();

    private static Capability skill(String agent, String action, String description) {
        return new Capability(agent, action, description, "LOW");
    }

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
        assertThat(plan.steps())
                .extracting(step -> step.agent() + " " + step.action())
                .containsExactly(
                        "analytics analyze",
                        "finance plan",
                        "research document_research",
                        "commerce price",
                        "commerce reorder");
        // Prices follow from costs alone: what a document says must not be able to move them.
        assertThat(step(plan, "prices").dependsOn()).containsExactly("analysis", "money");
        assertThat(step(plan, "stock").dependsOn()).containsExactly("analysis", "documents", "money");
        assertThat(step(plan, "analysis").dependsOn()).isEmpty();
        assertThat(step(plan, "money").risk()).isEqualTo("MEDIUM");
        assertThat(step(plan, "analysis").input()).containsEntry("period", "next quarter");
    }

    @ParameterizedTest
    @CsvSource({
        "Write a newsletter about our beds, CREATE_CONTENT, email_marketing",
        "Write a blog post about dog beds, CREATE_CONTENT, blog_post",
        "An advertisement for the Squeaky Fox and a landing page, CREATE_CONTENT, ad_copy",
        "Describe our products, CREATE_CONTENT, product_description",
        "Texts for the shop, CREATE_CONTENT, landing_page",
        "analytics lacks cohort retention, PROPOSE_EVOLUTION, create",
        "Refactor the agent that reckons returns, PROPOSE_EVOLUTION, refactor",
        "Make the returns agent faster, PROPOSE_EVOLUTION, optimize"
    })
    void takesTheSkillThatTheGoalNames(String goal, Intent.Action action, String skill) {
        List<Capability> writers = Stream.of(
                        "landing_page",
                        "product_description",
                        "blog_post",
                        "email_marketing",
                        "ad_copy",
                        "press_release")
                .map(form -> skill("content", form, "writes a text"))
                .toList();
        List<Capability> coders = Stream.of("create", "modify", "optimize", "refactor", "document", "test")
                .map(deed -> skill("code", deed, "writes an agent"))
                .toList();
        List<Capability> team =
                Stream.of(TEAM, writers, coders).flatMap(List::stream).toList();
        Plan plan = planner.plan(situation(goal, Intent.Type.COMMAND, action, List.of(), team), mind)
                .orElseThrow();
        assertThat(plan.steps()).extracting(Plan.Step::action).containsOnlyOnce(skill);
        assertThat(plan.steps()).hasSize(1);
    }

    @Test
    void checksTheLawInAReportOnlyWhenItIsAskedTo() throws IOException {
        String sample = Files.readString(Path.of("../../../config/examples/pet-supplies/goal.txt"));
        String law = "Report on the quarter and on our GDPR compliance";
        List<Capability> withLegal = Stream.concat(
                        TEAM.stream(),
                        Stream.of(
                                skill(
                                        "legal",
                                        "compliance",
                                        "scores policies and pages against GDPR, CCPA, WCAG and PCI"),
                                skill(
                                        "legal",
                                        "contract_review",
                                        "finds the clauses of contracts and rates their risk"),
                                skill("legal", "deadlines", "finds the dates and periods that documents set")))
                .toList();
        assertThat(planner.plan(report(sample, withLegal), mind).orElseThrow())
                .isEqualTo(planner.plan(report(sample, TEAM), mind).orElseThrow());
        assertThat(planner.plan(report(law, withLegal), mind).orElseThrow().steps())
                .filteredOn(step -> step.agent().equals("legal"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.action()).isEqualTo("compliance");
                    assertThat(step.risk()).isEqualTo("MEDIUM");
                    assertThat(step.dependsOn()).containsExactly("documents");
                });
        assertThat(planner.plan(report(law, TEAM), mind).orElseThrow().rationale())
                .contains("No agent here can do: legal (compliance).");
    }

    private static Situation report(String goal, List<Capability> team) {
        return situation(goal, Intent.Type.COMMAND, Intent.Action.GENERATE_REPORT, List.of("d-1"), team);
    }

    @Test
    void takesSmallerSkillsWhereNobodyHasTheWhole() {
        List<Capability> small = TEAM.stream()
                .filter(skill -> !Set.of("analyze", "plan").contains(skill.action()))
                .toList();
        Situation goal = situation(
                "Plan the next quarter", Intent.Type.COMMAND, Intent.Action.GENERATE_REPORT, List.of(), small);
        assertThat(planner.plan(goal, FakeMind.empty()).orElseThrow().steps())
                .extracting(Plan.Step::action)
                .contains("kpis", "trends", "anomalies", "pnl", "cash_flow", "forecast", "price", "reorder");
    }

    /** The research agent with all it can do on the web. */
    private static List<Capability> withTheWeb() {
        return Stream.concat(
                        TEAM.stream(),
                        Stream.of(
                                skill("research", "web_search", "searches the web for the questions of the goal"),
                                skill("research", "market_research", "researches a market on the web"),
                                skill("research", "competitor_analysis", "finds who competes on the web"),
                                skill("research", "trend_analysis", "counts dated news by month"),
                                skill("research", "product_research", "finds products on the web with their prices")))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Research the market for electric bikes, market_research",
        "Research our competitors for dog beds, competitor_analysis",
        "What is trending in pet toys, trend_analysis",
        "Research prices of similar beds, product_research",
        "Search the web for bamboo suppliers, web_search"
    })
    void researchesAMarketInOneStepThatReadsDocumentsToo(String goal, String skill) {
        for (Intent.Type type : List.of(Intent.Type.COMMAND, Intent.Type.QUERY)) {
            Plan plan = planner.plan(
                            situation(goal, type, Intent.Action.RESEARCH_MARKET, List.of("d-1"), withTheWeb()), mind)
                    .orElseThrow();
            assertThat(plan.steps()).singleElement().satisfies(step -> {
                assertThat(step.action()).isEqualTo(skill);
                assertThat(step.input()).containsEntry("documents", true);
            });
        }
    }

    @Test
    void readsDocumentsOnAMarketWhereNoAgentKnowsTheWeb() {
        assertThat(plan("Research the market", Intent.Type.COMMAND, Intent.Action.RESEARCH_MARKET, "d-1")
                        .steps())
                .extracting(Plan.Step::action)
                .containsExactly("document_research");
    }

    @Test
    void theSampleIsPlannedAsBeforeWhereTheWebCanBeSearched() throws IOException {
        String sample = Files.readString(Path.of("../../../config/examples/pet-supplies/goal.txt"));
        assertThat(planner.plan(report(sample, withTheWeb()), mind))
                .isEqualTo(planner.plan(report(sample, TEAM), mind));
    }

    /** The commerce agent with all it says it can do. */
    private static List<Capability> withTheShop() {
        return Stream.concat(
                        TEAM.stream(),
                        Stream.of(
                                skill("commerce", "catalogue", "says what is offered and what its record lacks"),
                                skill("commerce", "orders", "says which orders are open, late or returned"),
                                skill("commerce", "fulfilment", "says which open orders can be shipped from stock")))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Which orders are open?, QUERY, orders",
        "What is the state of our orders?, QUERY, orders",
        "Which orders can we ship today?, QUERY, fulfilment",
        "What is missing in our catalogue?, QUERY, catalogue",
        "Report on the catalogue, COMMAND, catalogue",
        "Report on late orders, COMMAND, orders",
        "Report on the fulfilment of our orders, COMMAND, fulfilment"
    })
    void looksAtTheShopWhenTheGoalNamesIt(String goal, Intent.Type type, String skill) {
        Intent.Action action =
                type == Intent.Type.QUERY ? Intent.Action.ANALYZE_BUSINESS : Intent.Action.GENERATE_REPORT;
        Plan plan = planner.plan(situation(goal, type, action, List.of(), withTheShop()), mind)
                .orElseThrow();
        assertThat(plan.steps()).extracting(Plan.Step::action).contains(skill);
    }

    @Test
    void theSampleIsPlannedAsBeforeWhereTheShopCanBeLookedAt() throws IOException {
        String sample = Files.readString(Path.of("../../../config/examples/pet-supplies/goal.txt"));
        assertThat(planner.plan(report(sample, withTheShop()), mind))
                .isEqualTo(planner.plan(report(sample, TEAM), mind));
    }

    @Test
    void aStartFindsProductsAndAMarketEachByItsOwnSkill() {
        Situation start = situation(
                "Start a shop and find prices for dog beds",
                Intent.Type.COMMAND,
                Intent.Action.START_BUSINESS,
                List.of(),
                withTheWeb());
        assertThat(planner.plan(start, FakeMind.empty()).orElseThrow().steps())
                .extracting(Plan.Step::action)
                .contains("product_research", "market_research");
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

    @ParameterizedTest
    @CsvSource({
        "How much profit did we make in October?,pnl",
        "How long does our money last?,cash_flow",
        "What does our advertising bring?,roi",
        "Do customers come back?,cohort",
        "How far are we from our targets?,kpis",
    })
    void answersEachQuestionByItsSkill(String question, String action) {
        assertThat(plan(question, Intent.Type.QUERY, Intent.Action.ANALYZE_BUSINESS)
                        .steps())
                .extracting(Plan.Step::action)
                .contains(action);
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
        assertThat(planner.plan(goal, FakeMind.empty()).orElseThrow().steps()).hasSize(5);
    }

    @Test
    void triesAQuestionThatNobodyUnderstoodOnlyWithWhatIsNear() {
        assertThat(plan("Which prices are too low?", Intent.Type.QUERY, Intent.Action.UNKNOWN)
                        .steps())
                .isNotEmpty();
        Situation far = situation(
                "What is the weather like tomorrow?", Intent.Type.QUERY, Intent.Action.UNKNOWN, List.of("d-1"), TEAM);
        assertThat(planner.plan(far, mind)).isEmpty();
        assertThat(planner.plan(far, FakeMind.empty())).isEmpty();
    }

    @Test
    void changesNothingForAQuestion() {
        for (Intent.Action action : Intent.Action.values()) {
            Situation question = situation(
                    "Should we plan new prices and order stock?", Intent.Type.QUERY, action, List.of("d-1"), TEAM);
            assertThat(planner.plan(question, mind).map(Plan::steps).orElse(List.of()))
                    .extracting(Plan.Step::action)
                    .doesNotContain("price", "reorder");
        }
    }

    @Test
    void leavesStoppingAndWhatNobodyUnderstoodToAPerson() {
        for (Intent.Action action : List.of(Intent.Action.STOP_BUSINESS, Intent.Action.UNKNOWN)) {
            assertThat(planner.plan(situation("x", Intent.Type.COMMAND, action, List.of(), TEAM), mind))
                    .isEmpty();
        }
    }
}
