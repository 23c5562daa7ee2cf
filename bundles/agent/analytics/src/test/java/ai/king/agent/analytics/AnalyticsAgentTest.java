/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalyticsAgentTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    private static Outcome perform(String action, BusinessData business) {
        return new AnalyticsAgent(Configs.defaults(AnalyticsAgent.Config.class))
                .perform(
                        new Task("s", action, "Analyse the business", Map.of(), Map.of(), List.of()),
                        new FakeContext().with(business));
    }

    private static Outcome.Done done(String action, BusinessData business) {
        Outcome outcome = perform(action, business);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private static FakeBusiness small() {
        return new FakeBusiness()
                .columns(
                        "orders",
                        "order_id",
                        "date",
                        "customer_id",
                        "sku",
                        "quantity",
                        "unit_price",
                        "discount",
                        "channel",
                        "status")
                .row("orders", "O1", "2026-07-01", "C1", "A", "2", "10.00", "1.00", "direct", "completed")
                .row("orders", "O2", "2026-08-01", "C2", "A", "1", "10.00", "0", "direct", "returned")
                .row("orders", "O3", "2026-09-30", "C1", "B", "1", "21.00", "0", "direct", "completed")
                .columns("products", "sku", "name", "category", "supplier_id", "unit_cost", "list_price", "launched")
                .row("products", "A", "a", "x", "S", "4.00", "10.00", "2024-01-01")
                .row("products", "B", "b", "x", "S", "12.00", "21.00", "2024-01-01")
                .columns("targets", "metric", "period", "target", "unit")
                .row("targets", "revenue", "2026-Q3", "50.00", "USD")
                .row("targets", "gross_margin", "2026-Q3", "50.00", "percent")
                .row("targets", "return_rate", "2026-Q3", "50.00", "percent")
                .row("targets", "churn_rate", "2026-Q3", "4.00", "percent");
    }

    @Test
    @SuppressWarnings("unchecked")
    void comparesWithTargetsByHandComputedFigures() {
        Map<String, Map<String, Object>> kpis =
                (Map<String, Map<String, Object>>) done("kpis", small()).data().get("kpis");
        // revenue 2 x 10 - 1 + 21 = 40 of 50; cost 2 x 4 + 12 = 20, margin 50 %; returned 1 of 3 shipped
        assertThat((BigDecimal) kpis.get("revenue").get("actual")).isEqualByComparingTo("40");
        assertThat(kpis.get("revenue")).containsEntry("status", "at_risk");
        assertThat((BigDecimal) kpis.get("gross_margin").get("actual")).isEqualByComparingTo("50");
        assertThat((BigDecimal) kpis.get("return_rate").get("actual")).isEqualByComparingTo("33.3333");
        assertThat(kpis.get("return_rate")).containsEntry("status", "on_track");
    }

    @Test
    @SuppressWarnings("unchecked")
    void saysNoDataWhereNothingWasMeasured() {
        Map<String, Map<String, Object>> kpis =
                (Map<String, Map<String, Object>>) done("kpis", small()).data().get("kpis");
        assertThat(kpis.get("churn_rate")).containsEntry("status", "no_data").doesNotContainKey("actual");
    }

    @Test
    void declinesWithoutABusinessAndWithoutRecords() {
        assertThat(new AnalyticsAgent(Configs.defaults(AnalyticsAgent.Config.class))
                        .perform(new Task("s", "", "g", Map.of(), Map.of(), List.of()), new FakeContext()))
                .isInstanceOf(Outcome.Declined.class);
        assertThat(perform("analyze", new FakeBusiness()))
                .isInstanceOfSatisfying(
                        Outcome.Declined.class, d -> assertThat(d.missing()).contains("records of kind orders"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void findsWhatIsPlantedInTheSample() {
        List<Map<String, Object>> found =
                (List<Map<String, Object>>) done("anomalies", SAMPLE).data().get("anomalies");
        assertThat(found)
                .anySatisfy(o -> assertThat(o).containsEntry("kind", "odd_day").containsEntry("when", "2026-05-12"))
                .anySatisfy(o ->
                        assertThat(o.get("what").toString()).contains("TOY-03").contains("249.90"))
                .anySatisfy(o -> assertThat(o).containsEntry("kind", "double_order"))
                .anySatisfy(
                        o -> assertThat(o).containsEntry("kind", "double_cost").containsEntry("when", "2026-06-03"))
                .anySatisfy(o ->
                        assertThat(o.get("what").toString()).contains("C01417").contains("c01417"))
                .anySatisfy(o -> assertThat(o)
                        .containsEntry("kind", "returns")
                        .extractingByKey("what")
                        .asString()
                        .contains("BED-02"))
                .anySatisfy(o -> assertThat(o).containsEntry("kind", "untracked_advertising"))
                .anySatisfy(
                        o -> assertThat(o).containsEntry("kind", "not_measured").containsEntry("when", "2026-04-09"))
                .anySatisfy(o -> assertThat(o.get("what").toString()).contains("TRT-02 was out of stock"))
                .anySatisfy(o -> assertThat(o.get("what").toString()).contains("WLK-01 was out of stock"))
                .anySatisfy(o -> assertThat(o.get("what").toString()).contains("bounce rate"));
        assertThat(found).as("few enough to be read").hasSizeLessThan(40);
    }

    @Test
    @SuppressWarnings("unchecked")
    void seesGrowthAndSeasonsOfTheSample() {
        Map<String, Map<String, Object>> trend =
                (Map<String, Map<String, Object>>) done("trends", SAMPLE).data().get("trend");
        assertThat(trend.get("revenue")).containsEntry("direction", "rising");
        Map<String, Map<String, Object>> seasons = (Map<String, Map<String, Object>>)
                done("seasonality", SAMPLE).data().get("seasonality");
        assertThat(seasons.get("weekday")).containsEntry("significant", true);
        assertThat(seasons.get("month")).containsEntry("significant", true);
    }

    @Test
    @SuppressWarnings("unchecked")
    void warnsOfLowConversionAndHighChurnInTheSample() {
        List<Map<String, Object>> alerts =
                (List<Map<String, Object>>) done("alerts", SAMPLE).data().get("alerts");
        assertThat(alerts)
                .extracting(alert -> alert.get("metric"))
                .containsExactlyInAnyOrder("conversion_rate", "churn_rate");
    }

    @Test
    void namesTheRowsOfEveryFigure() {
        Report report = done("analyze", SAMPLE).report();
        assertThat(report.sections()).hasSize(6);
        assertThat(Sources.missingIn(report)).isEmpty();
    }
}
