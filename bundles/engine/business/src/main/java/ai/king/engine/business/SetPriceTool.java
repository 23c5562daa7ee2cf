/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.business.PriceChange;
import ai.king.engine.business.BusinessCall.NoEffect;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Changes a list price, never below the minimum margin; keeps the old and the new one under the key of the call. */
@Component
@ToolName(SetPriceTool.NAME)
public final class SetPriceTool implements Tool {

    static final String NAME = "storefront.set_price";

    /** The least share of the price that must stay after the unit cost. */
    private static final BigDecimal MINIMUM_MARGIN = new BigDecimal("0.30");

    private static final String SCHEMA =
            """
            {"type":"object","additionalProperties":false,"required":["sku","price"],"properties":{
              "sku":{"type":"string","minLength":1,"description":"article"},
              "price":{"type":["string","number"],"description":"new list price in the business's currency, such as 12.99"},
              "reason":{"type":"string","maxLength":500,"description":"why, for the person who reads it"}}}""";

    private final Store store;

    @Activate
    public SetPriceTool(@Reference Store store) {
        this.store = store;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                NAME,
                "Sets the list price of an article; refuses a price that leaves less than 30 % over the unit cost",
                SCHEMA,
                Effect.WRITE);
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        return BusinessCall.forBusiness(store, call, business -> {
            Arguments arguments = new Arguments(call.arguments());
            String sku = arguments.text("sku");
            BigDecimal price = arguments.money("price");
            try {
                return store.write(Actor.system("business"), tx -> change(tx, call.key(), business, sku, price));
            } catch (DuplicateRow sameCallElsewhere) {
                return lookup(call.key()).orElseThrow(() -> sameCallElsewhere);
            }
        });
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.of(store.read(reader -> reader.find(PriceChange.class, key))
                .map(SetPriceTool::result)
                .orElseGet(() -> new ToolResult.Failed("the price was not changed", true)));
    }

    private static ToolResult change(Tx tx, String key, Business business, String sku, BigDecimal price) {
        StoredBusinesses.locked(tx, business.id());
        Optional<PriceChange> before = tx.find(PriceChange.class, key);
        Catalogue catalogue = new Catalogue(tx.connection(), business.id());
        if (before.isPresent()) {
            // Known: end without a write, as the store asks for a ledger entry with each.
            throw new NoEffect(result(before.get()));
        }
        Catalogue.Article article = catalogue
                .article(sku)
                .orElseThrow(
                        () -> new NoEffect(new ToolResult.Failed("no article " + sku + " among the products", false)));
        BigDecimal cost = article.unitCost();
        if (cost == null) {
            throw new NoEffect(new ToolResult.Missing(List.of("the unit cost of " + sku + " (import products)")));
        }
        BigDecimal margin = margin(price, cost);
        if (margin.compareTo(MINIMUM_MARGIN) < 0) {
            throw new NoEffect(new ToolResult.Failed(
                    "a price of " + price.toPlainString() + " leaves a margin of " + percent(margin)
                            + " over the unit cost of " + cost.toPlainString() + "; the minimum is 30 %",
                    false));
        }
        catalogue.price(sku, price);
        PriceChange change = tx.insert(
                new PriceChange(key, business.id(), sku, article.listPrice(), price, business.currency(), tx.now(), 0));
        Map<String, Object> fact = Map.of(
                "businessId", business.id(),
                "sku", sku,
                "old", article.listPrice().toPlainString(),
                "new", price.toPlainString(),
                "currency", business.currency());
        tx.record("price.changed", key, fact);
        tx.enqueue("business.updated", Map.of("id", business.id(), "sku", sku), "global", "business:" + business.id());
        return result(change);
    }

    private static BigDecimal margin(BigDecimal price, BigDecimal cost) {
        return price.signum() == 0
                ? BigDecimal.ONE.negate()
                : price.subtract(cost).divide(price, 6, RoundingMode.FLOOR);
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.FLOOR).toPlainString() + " %";
    }

    private static ToolResult result(PriceChange change) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("sku", change.sku());
        data.put(
                "oldPrice",
                RecordTable.plain(change.oldPrice(), BigDecimal.ZERO).toPlainString());
        data.put(
                "newPrice",
                RecordTable.plain(change.newPrice(), BigDecimal.ZERO).toPlainString());
        data.put("currency", change.currency());
        return ToolResult.ok(data);
    }
}
