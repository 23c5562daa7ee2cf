/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
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

class FinanceAgentTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    private static Outcome perform(String action, BusinessData business) {
        return new FinanceAgent(Configs.defaults(FinanceAgent.Config.class))
                .perform(
                        new Task("s", action, "Plan the next quarter", Map.of(), Map.of(), List.of()),
                        new FakeContext().with(business));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(String action, String key, BusinessData business) {
        Outcome outcome = perform(action, business);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Map<String, Object>) ((Outcome.Done) outcome).data().get(key);
    }

    /** A quarter of three orders: revenue 100, goods 40 + 20 written off, costs 15 fixed and 5 variable, advertising 10. */
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
                .row("orders", "O1", "2026-07-02", "C1", "A", "2", "40.00", "5.00", "direct", "completed")
                .row("orders", "O2", "2026-08-02", "C2", "A", "1", "25.00", "0", "direct", "completed")
                .row("orders", "O3", "2026-09-01", "C3", "B", "1", "30.00", "0", "direct", "returned")
                .row("orders", "O4", "2026-09-30", "C3", "B", "1", "30.00", "0", "direct", "cancelled")
                .columns("products", "sku", "name", "category", "supplier_id", "unit_cost", "list_price", "launched")
                .row("products", "A", "a", "x", "S", "13.3333", "25.00", "2024-01-01")
                .row("products", "B", "b", "x", "S", "20.00", "30.00", "2024-01-01")
                .columns("costs", "date", "category", "amount", "note")
                .row("costs", "2026-07-01", "cash_balance", "1000.00", "start")
                .row("costs", "2026-07-10", "rent", "15.00", "rent")
                .row("costs", "2026-08-10", "shipping", "5.00", "post")
                .columns("advertising", "date", "channel", "campaign", "impressions", "clicks", "spend", "orders")
                .row("advertising", "2026-08-01", "search", "c", "100", "10", "10.00", "1");
    }

    @Test
    void reckonsProfitByHandComputedFigures() {
        assertThat(data("pnl", "pnl", small()))
                .containsEntry("revenue", "100.00")
                .containsEntry("goods", "60.00")
                .containsEntry("fixed", "15.00")
                .containsEntry("variable", "5.00")
                .containsEntry("advertising", "10.00")
                .containsEntry("profit", "10.00");
    }

    @Test
    void reckonsCashFromTheLastBalanceAndAccountHealthByTheRules() {
        // balance 1010; outflow of the last 90 days (from 3 July) 76.67 -> over 1,000 reserve days, +20; ratio above 90
        // %; positive flow +10
        Map<String, Object> cash = data("cash_flow", "cash", small());
        assertThat(cash).containsEntry("balance", "1010.00").containsEntry("positiveFlow", false);
        assertThat(cash).containsEntry("accountHealth", 70);
    }

    @Test
    void declinesCashWithoutABalance() {
        FakeBusiness business = new FakeBusiness()
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
                .row("orders", "O1", "2026-07-02", "C1", "A", "2", "40.00", "5.00", "direct", "completed");
        assertThat(perform("cash_flow", business))
                .isInstanceOfSatisfying(Outcome.Declined.class, declined -> assertThat(declined.missing())
                        .anyMatch(m -> m.contains("cash_balance")));
    }

    @Test
    void forecastsTheSampleWithAnIntervalAroundTheExpectedSum() {
        Map<String, Object> forecast = data("forecast", "forecast", SAMPLE);
        BigDecimal low = new BigDecimal(forecast.get("revenueLow").toString());
        BigDecimal expected = new BigDecimal(forecast.get("revenue").toString());
        BigDecimal high = new BigDecimal(forecast.get("revenueHigh").toString());
        assertThat(forecast).containsEntry("from", "2026-10-01").containsEntry("to", "2026-12-30");
        assertThat(low).isLessThan(high);
        assertThat(expected).isBetween(new BigDecimal("60000"), new BigDecimal("130000"));
        assertThat((BigDecimal) forecast.get("sumError")).isLessThan(new BigDecimal("0.25"));
    }

    @Test
    void doesNotForecastFromAFewWeeks() {
        assertThat(perform("forecast", small())).isInstanceOf(Outcome.Declined.class);
    }

    @Test
    void choosesTheMethodThatRepeatsAPerfectYear() {
        double[] weeks = new double[120];
        for (int week = 0; week < weeks.length; week++) {
            weeks[week] = 1000 + 50 * (week % 52);
        }
        Forecast.Result forecast = Forecast.of(weeks, 13, 80);
        assertThat(forecast.method()).startsWith("same weeks of last year");
        assertThat(forecast.mape()).isLessThan(1e-9);
        assertThat(forecast.values()[0]).isCloseTo(1000 + 50 * (120 % 52), org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void namesTheRowsOfEveryFigure() {
        Outcome.Done done = (Outcome.Done) perform("plan", SAMPLE);
        assertThat(done.report().sections()).hasSize(6);
        assertThat(done.data()).containsKeys("pnl", "cash", "unitEconomics", "breakEven", "roi", "forecast");
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }
}
