/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.business.PurchaseOrder;
import ai.king.engine.business.BusinessCall.NoEffect;
import ai.king.engine.business.Catalogue.Offer;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.tool.Effect;
import ai.king.tool.Spend;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Places an order with a supplier at the prices of the catalogue. The order stands under the key of the call, so one call
 * places one order; the amount that was approved must be what the catalogue asks, to the cent.
 */
@Component
@ToolName(PurchaseTool.NAME)
public final class PurchaseTool implements Tool {

    static final String NAME = "suppliers.purchase";

    private static final String SCHEMA =
            """
            {"type":"object","additionalProperties":false,"required":["supplierId","lines","amount","currency"],"properties":{
              "supplierId":{"type":"string","minLength":1,"description":"who is paid"},
              "lines":{"type":"array","minItems":1,"maxItems":500,"items":{"type":"object","additionalProperties":false,
                "required":["sku","quantity"],"properties":{
                  "sku":{"type":"string","minLength":1},
                  "quantity":{"type":"integer","minimum":1},
                  "unitCost":{"type":["string","number"],"description":"price of a piece that was reckoned with"}}}},
              "amount":{"type":["string","number"],"description":"total: the sum of quantity x unit cost of the catalogue"},
              "currency":{"type":"string","pattern":"^[A-Z]{3}$"},
              "reason":{"type":"string","maxLength":500,"description":"why, for the person who decides"}}}""";

    private final Store store;

    @Activate
    public PurchaseTool(@Reference Store store) {
        this.store = store;
    }

    @Override
    public ToolSpec spec() {
        return new ToolSpec(
                NAME,
                "Orders goods from one supplier at catalogue prices, at least the minimum quantity of each article",
                SCHEMA,
                Effect.SPEND,
                Optional.of(new Spend("amount", "currency", "supplierId")));
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        return BusinessCall.forBusiness(store, call, business -> {
            Arguments arguments = new Arguments(call.arguments());
            try {
                return store.write(Actor.system("business"), tx -> place(tx, call.key(), business, arguments));
            } catch (DuplicateRow sameCallElsewhere) {
                return lookup(call.key()).orElseThrow(() -> sameCallElsewhere);
            }
        });
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.of(store.read(reader -> reader.find(PurchaseOrder.class, key))
                .map(PurchaseTool::result)
                .orElseGet(() -> new ToolResult.Failed("no order was placed", true)));
    }

    private static ToolResult place(Tx tx, String key, Business business, Arguments arguments) {
        StoredBusinesses.locked(tx, business.id());
        tx.find(PurchaseOrder.class, key).ifPresent(order -> {
            throw new NoEffect(result(order));
        });
        String supplierId = arguments.text("supplierId");
        BigDecimal amount = arguments.money("amount");
        if (!arguments.text("currency").equals(business.currency())) {
            throw new Arguments.Wrong("currency must be " + business.currency() + ", the currency of the business");
        }
        List<Map<String, Object>> lines = lines(tx, business, supplierId, arguments.objects("lines"));
        BigDecimal total = lines.stream().map(PurchaseTool::worth).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (total.compareTo(amount) != 0) {
            throw new Arguments.Wrong(
                    "amount is " + amount.toPlainString() + ", the catalogue asks " + total.toPlainString());
        }
        PurchaseOrder order = tx.insert(
                new PurchaseOrder(key, business.id(), supplierId, lines, amount, business.currency(), tx.now(), 0));
        Map<String, Object> fact = Map.of(
                "businessId", business.id(),
                "supplierId", supplierId,
                "amount", amount.toPlainString(),
                "currency", business.currency());
        tx.record("purchase.placed", key, fact);
        tx.enqueue(
                "business.updated",
                Map.of("id", business.id(), "purchaseOrder", key),
                "global",
                "business:" + business.id());
        return result(order);
    }

    private static List<Map<String, Object>> lines(
            Tx tx, Business business, String supplierId, List<Arguments> wanted) {
        Catalogue catalogue = new Catalogue(tx.connection(), business.id());
        Set<String> seen = new HashSet<>();
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Arguments line : wanted) {
            String sku = line.text("sku");
            if (!seen.add(sku)) {
                throw new Arguments.Wrong(sku + " stands twice in lines");
            }
            Offer offer = catalogue.offers(sku, supplierId).stream()
                    .findFirst()
                    .orElseThrow(() -> new Arguments.Wrong("supplier " + supplierId + " does not offer " + sku));
            lines.add(line(offer, line.quantity("quantity")));
        }
        return List.copyOf(lines);
    }

    private static Map<String, Object> line(Offer offer, int quantity) {
        Long minimum = offer.minQuantity();
        if (minimum != null && quantity < minimum) {
            throw new Arguments.Wrong(offer.sku() + ": " + quantity + " pieces are under the minimum of " + minimum);
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("sku", offer.sku());
        line.put("quantity", quantity);
        line.put("unitCost", offer.unitCost().toPlainString());
        @Nullable Long days = offer.leadDays();
        if (days != null) {
            line.put("leadDays", days.intValue());
        }
        return line;
    }

    private static BigDecimal worth(Map<String, Object> line) {
        return new BigDecimal(String.valueOf(line.get("unitCost")))
                .multiply(new BigDecimal(String.valueOf(line.get("quantity"))))
                .setScale(2, RoundingMode.HALF_EVEN);
    }

    private static ToolResult result(PurchaseOrder order) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("orderId", order.id());
        data.put("supplierId", order.supplierId());
        data.put("lines", order.lines());
        data.put("amount", RecordTable.plain(order.amount(), BigDecimal.ZERO).toPlainString());
        data.put("currency", order.currency());
        return ToolResult.ok(data);
    }
}
