/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommerceAgentTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    private static Outcome perform(String action, FakeContext context) {
        return new CommerceAgent(Configs.defaults(CommerceAgent.Config.class))
                .perform(new Task("s", action, "Order what is low", Map.of(), Map.of(), List.of()), context);
    }

    private static FakeContext context(String tool, ToolResult answer) {
        return new FakeContext()
                .with(SAMPLE)
                .with(ToolSpec.of(tool, "d", "{\"type\":\"object\"}", Effect.WRITE), arguments -> answer);
    }

    @Test
    void ordersTheLowArticlesOfTheSampleAtOneSupplierForAnAmountOnePersonMayApprove() {
        FakeContext context = context("suppliers.purchase", ToolResult.ok(Map.of()));
        Outcome.Done done = (Outcome.Done) perform("reorder", context);
        assertThat(context.calls()).hasSize(1);
        Map<String, Object> order = context.calls().get(0).arguments();
        assertThat(order).containsEntry("supplierId", "S03").containsEntry("currency", "USD");
        assertThat(new BigDecimal(order.get("amount").toString()))
                .isBetween(new BigDecimal("500.01"), new BigDecimal("2000"));
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    @Test
    void raisesThePricesUnderTheMinimumMarginOfTheSample() {
        FakeContext context = context("storefront.set_price", ToolResult.ok(Map.of()));
        perform("price", context);
        assertThat(context.calls())
                .extracting(call -> call.arguments().get("sku"))
                .containsExactlyInAnyOrder("BED-02", "FOD-03");
        assertThat(context.calls())
                .allSatisfy(call ->
                        assertThat(call.arguments().get("price").toString()).endsWith(".99"));
    }

    @Test
    void roundsThePriceToTheNearestThatEndsInNinetyNine() {
        Pricing pricing = new Pricing(new BigDecimal("2.5"), new BigDecimal("0.30"));
        assertThat(pricing.price(new BigDecimal("4.00"))).isEqualByComparingTo("9.99");
        assertThat(pricing.price(new BigDecimal("4.30"))).isEqualByComparingTo("10.99");
        assertThat(pricing.price(new BigDecimal("0.10"))).isEqualByComparingTo("0.99");
    }

    @Test
    void saysWhatIsLow() {
        Outcome.Done done = (Outcome.Done) perform("inventory", new FakeContext().with(SAMPLE));
        assertThat((List<?>) done.data().get("low")).hasSize(3);
    }

    @Test
    void failsWhenTheSupplierRefusesAndDeclinesWhenTheToolMissesSomething() {
        assertThat(perform("reorder", context("suppliers.purchase", new ToolResult.Failed("closed", true))))
                .isEqualTo(new Outcome.Failed("Tidewater Trading: closed", true));
        assertThat(perform("reorder", new FakeContext().with(SAMPLE))).isInstanceOf(Outcome.Declined.class);
    }

    @Test
    void recordsWithEmptyCellsAreNoReasonToFail() {
        FakeBusiness business = new FakeBusiness()
                .columns("products", "sku", "name", "unit_cost", "list_price")
                .row("products", "A-1", "Good", "", "9.99")
                .columns("stock", "sku", "date", "on_hand", "reorder_point")
                .row("stock", "A-1", "2026-09-30", "2", "")
                .row("stock", "A-2", "2026-09-30", "2", "")
                .columns("suppliers", "supplier_id", "supplier", "sku", "unit_cost", "min_quantity", "lead_days")
                .row("suppliers", "S1", "Slow", "A-1", "4.00", "", "")
                .row("suppliers", "S1", "Slow", "A-2", "4.00", "", "7");
        assertThat(perform("price", new FakeContext().with(business))).isInstanceOf(Outcome.Done.class);
        FakeContext context =
                context("suppliers.purchase", ToolResult.ok(Map.of())).with(business);
        Outcome.Done done = (Outcome.Done) perform("reorder", context);
        assertThat(context.calls()).hasSize(1);
        assertThat(done.report().toString()).contains("Find a supplier for A-1");
    }

    @Test
    void declinesWithoutStock() {
        assertThat(perform("reorder", new FakeContext().with(new FakeBusiness())))
                .isInstanceOf(Outcome.Declined.class);
    }
}
