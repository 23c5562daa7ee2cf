/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import ai.king.kit.Sources;
import ai.king.tool.ToolResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FulfilmentTest {

    private static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    private static Outcome perform(Map<String, Object> input, FakeContext context) {
        return new CommerceAgent(Configs.defaults(CommerceAgent.Config.class))
                .perform(new Task("s", "fulfilment", "Ship the orders", input, Map.of(), List.of()), context);
    }

    /** TOY-04 has 8 pieces in the sample, TOY-05 has 6. */
    private static ShopDouble shop() {
        return new ShopDouble()
                .order(3, "2026-09-30", "PAID", "TOY-04", 2)
                .order(1, "2026-09-28", "PAID", "TOY-04", 5)
                .order(2, "2026-09-29", "PAID", "TOY-04", 4)
                .order(4, "2026-09-30", "PENDING", "TOY-05", 1)
                .order(5, "2026-09-30", "PAID", "TOY-05", 6)
                .order(6, "2026-09-30", "PAID", "NEW-1", 1);
    }

    private static List<String> shipped(FakeContext context) {
        return context.calls().stream()
                .filter(call -> call.tool().equals(Shop.FULFIL))
                .map(call -> call.arguments().get("order").toString())
                .toList();
    }

    @Test
    void listsWhatCanBeShippedInTheOrderItCame() {
        FakeContext context = shop().at(new FakeContext().with(SAMPLE));
        Outcome.Done done = (Outcome.Done) perform(Map.of(), context);
        assertThat(done.data()).containsEntry("ready", List.of("#1", "#5"));
        assertThat(done.data().get("waiting"))
                .isEqualTo(Map.of(
                        "#2", "short of 1 TOY-04",
                        "#3", "short of 2 TOY-04",
                        "#4", "not paid: PENDING",
                        "#6", "no data: NEW-1 was never counted"));
        assertThat(shipped(context)).isEmpty();
        assertThat(Sources.missingIn(done.report())).isEmpty();
    }

    @Test
    void saysUntilWhenTheFastestSupplierHasDelivered() {
        Outcome.Done done = (Outcome.Done) perform(Map.of(), shop().at(new FakeContext().with(SAMPLE)));
        assertThat(done.report().sections().get(1).blocks().get(0))
                .isInstanceOfSatisfying(Report.Table.class, table -> assertThat(table.rows())
                        .containsExactly(
                                List.of("TOY-04", "3", "2", "8 on 2026-09-30", "Tidewater Trading", "2026-10-22")));
    }

    @Test
    void shipsEachReadyOrderOnceWhenAsked() {
        FakeContext context = shop().at(new FakeContext().with(SAMPLE));
        Outcome.Done done = (Outcome.Done) perform(Map.of("fulfil", true), context);
        assertThat(shipped(context)).containsExactly("gid://shopify/Order/1", "gid://shopify/Order/5");
        assertThat(done.data()).containsEntry("shipped", List.of("#1", "#5"));
    }

    @Test
    void shipsOnlyTheOrdersThatAreNamedAndReady() {
        FakeContext context = shop().at(new FakeContext().with(SAMPLE));
        Outcome.Done done = (Outcome.Done) perform(Map.of("fulfil", List.of("#5", "#2", "#5")), context);
        assertThat(shipped(context)).containsExactly("gid://shopify/Order/5");
        assertThat(done.report().toString()).contains("not shipped: short of 1 TOY-04");
    }

    @Test
    void aRefusedOrderHasItsReasonAndALostOneIsTriedAgain() {
        ShopDouble shop = shop();
        shop.fulfilled = new ToolResult.Failed("it is on hold", false);
        Outcome.Done done = (Outcome.Done) perform(Map.of("fulfil", true), shop.at(new FakeContext().with(SAMPLE)));
        assertThat(done.report().toString()).contains("not shipped: it is on hold");
        shop.fulfilled = new ToolResult.Failed("busy", true);
        assertThat(perform(Map.of("fulfil", true), shop.at(new FakeContext().with(SAMPLE))))
                .isEqualTo(new Outcome.Failed("busy", true));
    }

    @Test
    void withoutTheToolTheListIsToldAndTheActDeclined() {
        ShopDouble shop = shop();
        shop.fulfilled = new ToolResult.Missing(List.of("an access token"));
        FakeContext context = shop.at(new FakeContext().with(SAMPLE));
        assertThat(perform(Map.of("fulfil", true), context))
                .isEqualTo(new Outcome.Declined(List.of("to ship #1, #5: an access token")));
        assertThat(context.notes()).anyMatch(note -> note.contains("2 orders can be shipped now: #1, #5"));
    }

    @Test
    void listsTheOpenOrdersOfTheRecordsWithoutAShop() {
        FakeBusiness business = new FakeBusiness()
                .columns("orders", "order_id", "date", "sku", "quantity", "unit_price", "status")
                .row("orders", "O1", "2026-09-30", "A-1", "2", "9.99", "open")
                .row("orders", "O2", "2026-09-30", "A-1", "9", "9.99", "open")
                .columns("stock", "sku", "date", "on_hand")
                .row("stock", "A-1", "2026-09-30", "3");
        Outcome.Done done = (Outcome.Done) perform(Map.of(), new FakeContext().with(business));
        assertThat(done.data()).containsEntry("ready", List.of("O1"));
        assertThat(done.report().toString()).contains("no supplier offers it", "the shop misses");
        assertThat(perform(Map.of("fulfil", true), new FakeContext().with(business)))
                .isInstanceOf(Outcome.Declined.class);
    }

    @Test
    void declinesWhenNobodyTellsWhatIsOpen() {
        Outcome.Declined declined = (Outcome.Declined) perform(Map.of(), new FakeContext().with(SAMPLE));
        assertThat(declined.missing().toString())
                .contains("holds cancelled, completed, returned, and no open", "shopify.orders");
    }
}
