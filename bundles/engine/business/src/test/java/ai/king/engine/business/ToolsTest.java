/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.business.PriceChange;
import ai.king.business.PurchaseOrder;
import ai.king.kit.ToolContract;
import ai.king.store.Actor;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ToolsTest {

    private final TestStore store = sample();

    private static TestStore sample() {
        TestStore store = new TestStore().withBusiness();
        StoredBusinesses businesses = new StoredBusinesses(store, store, TestStore.UNREAD);
        Map<String, String> files = Map.of(
                "products", "sku,name,unit_cost,list_price\nBED,Bed,10.00,25.00\nBOX,Box,,9.00\n",
                "stock",
                        "sku,date,on_hand,reorder_point\nBED,2026-09-23,40,20\nBED,2026-09-30,12,20\nBOX,2026-09-30,30,20\n",
                "suppliers",
                        "supplier_id,supplier,sku,unit_cost,min_quantity,lead_days\n"
                                + "S1,North,BED,10.00,20,14\nS1,North,BOX,1.25,,\n");
        files.forEach((kind, text) -> assertThat(businesses
                        .importCsv(
                                Actor.person("ann"),
                                "b-1",
                                kind,
                                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                                false)
                        .rejected())
                .isEmpty());
        return store;
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
    }

    private static ToolCall call(String key, Map<String, Object> arguments) {
        return new ToolCall(key, Optional.of("b-1"), arguments);
    }

    private static Map<String, Object> order(int quantity, String amount) {
        return Map.of(
                "supplierId",
                "S1",
                "lines",
                List.of(Map.of("sku", "BED", "quantity", quantity)),
                "amount",
                amount,
                "currency",
                "USD");
    }

    private static Map<String, Object> data(ToolResult result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok) result).data();
    }

    private static String reason(ToolResult result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        return ((ToolResult.Failed) result).reason();
    }

    @Test
    void changesAPriceAndKeepsTheOldOne() {
        Map<String, Object> data =
                data(new SetPriceTool(store).invoke(call("k", Map.of("sku", "BED", "price", "19.99"))));
        assertThat(data).containsEntry("oldPrice", "25.00").containsEntry("newPrice", "19.99");
        assertThat(new Catalogue(store.read(r -> r.connection()), "b-1")
                        .article("BED")
                        .orElseThrow()
                        .listPrice())
                .isEqualTo("19.99");
        assertThat(store.ledger()).last().asString().startsWith("price.changed k");
    }

    @Test
    void refusesAPriceBelowTheMinimumMargin() {
        assertThat(reason(new SetPriceTool(store).invoke(call("k", Map.of("sku", "BED", "price", "14.28")))))
                .isEqualTo(
                        "a price of 14.28 leaves a margin of 29.9 % over the unit cost of 10.00; the minimum is 30 %");
        data(new SetPriceTool(store).invoke(call("k", Map.of("sku", "BED", "price", "14.29"))));
        assertThat(store.all(PriceChange.class)).hasSize(1);
    }

    @Test
    void saysWhatIsMissingForAPrice() {
        SetPriceTool tool = new SetPriceTool(store);
        assertThat(tool.invoke(call("k", Map.of("sku", "BOX", "price", "5"))))
                .isEqualTo(new ToolResult.Missing(List.of("the unit cost of BOX (import products)")));
        assertThat(reason(tool.invoke(call("k", Map.of("sku", "CAT", "price", "5")))))
                .contains("no article CAT");
        assertThat(reason(tool.invoke(call("k", Map.of("sku", "BED", "price", "-5")))))
                .contains("price must be");
        assertThat(reason(tool.invoke(call("k", Map.of("sku", "BED", "price", "5.999")))))
                .contains("price must be");
        assertThat(tool.invoke(new ToolCall("k", Optional.empty(), Map.of()))).isInstanceOf(ToolResult.Missing.class);
    }

    @Test
    void placesOneOrderForOneCall() {
        PurchaseTool tool = new PurchaseTool(store);
        ToolResult placed = tool.invoke(call("k", order(20, "200.00")));
        assertThat(data(placed)).containsEntry("orderId", "k").containsEntry("amount", "200.00");
        assertThat(tool.invoke(call("k", order(20, "200.00")))).isEqualTo(placed);
        assertThat(tool.lookup("k")).contains(placed);
        assertThat(store.all(PurchaseOrder.class)).hasSize(1);
    }

    @Test
    void ordersNothingWhenTheAmountIsNotWhatTheCatalogueAsks() {
        PurchaseTool tool = new PurchaseTool(store);
        assertThat(reason(tool.invoke(call("k", order(20, "199.99")))))
                .isEqualTo("amount is 199.99, the catalogue asks 200.00");
        assertThat(reason(tool.invoke(call("k", order(19, "190.00"))))).contains("under the minimum of 20");
        assertThat(reason(tool.invoke(call("k", order(0, "0.00"))))).contains("quantity must be");
        Map<String, Object> euros = new HashMap<>(order(20, "200.00"));
        euros.put("currency", "EUR");
        assertThat(reason(tool.invoke(call("k", euros)))).contains("currency must be USD");
        assertThat(store.all(PurchaseOrder.class)).isEmpty();
        assertThat(tool.lookup("k")).contains(new ToolResult.Failed("no order was placed", true));
    }

    @Test
    void readsTheNewestStockWithWhatWasOrderedSince() {
        StockTool tool = new StockTool(store);
        store.at(java.time.Instant.parse("2026-10-01T12:00:00Z"));
        data(new PurchaseTool(store).invoke(call("k", order(20, "200.00"))));
        Map<String, Object> low = data(tool.invoke(call("s", Map.of("low", true))));
        assertThat(low.get("items"))
                .isEqualTo(List.of(Map.of(
                        "sku",
                        "BED",
                        "name",
                        "Bed",
                        "countedOn",
                        "2026-09-30",
                        "onHand",
                        12L,
                        "reorderPoint",
                        20L,
                        "ordered",
                        20,
                        "low",
                        true)));
        assertThat((List<?>) data(tool.invoke(call("s", Map.of()))).get("items"))
                .hasSize(2);
        assertThat(tool.invoke(call("s", Map.of("sku", "CAT")))).isInstanceOf(ToolResult.Missing.class);
    }

    @Test
    void readsTheOffersOfASupplier() {
        Map<String, Object> data = data(new OffersTool(store).invoke(call("o", Map.of("sku", "BOX"))));
        assertThat(data.get("offers"))
                .isEqualTo(List.of(Map.of("supplierId", "S1", "supplier", "North", "sku", "BOX", "unitCost", "1.25")));
        assertThat(new OffersTool(store).invoke(call("o", Map.of("supplierId", "S9"))))
                .isInstanceOf(ToolResult.Missing.class);
    }

    @Nested
    class SetPrice extends ToolContract {
        @Override
        protected Tool tool() {
            return new SetPriceTool(store);
        }

        @Override
        protected Map<String, Object> arguments() {
            return Map.of("sku", "BED", "price", "29.99");
        }

        @Override
        protected int effects(Tool tool) {
            return store.all(PriceChange.class).size();
        }
    }

    @Nested
    class Purchase extends ToolContract {
        @Override
        protected Tool tool() {
            return new PurchaseTool(store);
        }

        @Override
        protected Map<String, Object> arguments() {
            return order(20, "200.00");
        }

        @Override
        protected int effects(Tool tool) {
            return store.all(PurchaseOrder.class).size();
        }
    }

    @Nested
    class Stock extends ToolContract {
        @Override
        protected Tool tool() {
            return new StockTool(store);
        }

        @Override
        protected Map<String, Object> arguments() {
            return Map.of();
        }

        @Override
        protected int effects(Tool tool) {
            return 0;
        }
    }

    @Nested
    class Offers extends ToolContract {
        @Override
        protected Tool tool() {
            return new OffersTool(store);
        }

        @Override
        protected Map<String, Object> arguments() {
            return Map.of();
        }

        @Override
        protected int effects(Tool tool) {
            return 0;
        }
    }
}
