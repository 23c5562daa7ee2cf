/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.business.PurchaseOrder;
import ai.king.engine.business.Catalogue.Count;
import ai.king.store.Query;
import ai.king.store.Query.Comparison;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the newest stock of each article, with what was ordered since it was counted. */
@Component
@ToolName(StockTool.NAME)
public final class StockTool implements Tool {

    static final String NAME = "storefront.stock";

    /** An article without a reorder point of its own is low from here on. */
    private static final long LOW = 10;

    private static final String SCHEMA =
            """
            {"type":"object","additionalProperties":false,"properties":{
              "sku":{"type":"string","description":"one article; all without it"},
              "low":{"type":"boolean","description":"true: only articles to reorder"}}}""";

    private final Store store;

    @Activate
    public StockTool(@Reference Store store) {
        this.store = store;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                NAME, "Newest stock of the articles: on hand, reorder point, already ordered", SCHEMA, Effect.READ);
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        return BusinessCall.forBusiness(store, call, business -> {
            String sku = new Arguments(call.arguments()).optionalText("sku").orElse("");
            boolean onlyLow = Boolean.TRUE.equals(call.arguments().get("low"));
            return store.read(reader -> answer(reader, business, sku, onlyLow));
        });
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.empty();
    }

    private static ToolResult answer(Reader reader, Business business, String sku, boolean onlyLow) {
        List<Count> counts = new Catalogue(reader.connection(), business.id()).stock(sku);
        if (counts.isEmpty()) {
            return new ToolResult.Missing(List.of("stock" + (sku.isEmpty() ? "" : " of " + sku) + " (import stock)"));
        }
        Map<String, Integer> ordered = ordered(reader, business, counts);
        List<Map<String, Object>> items = counts.stream()
                .filter(count -> !onlyLow || low(count))
                .map(count -> item(count, ordered.getOrDefault(count.sku(), 0)))
                .toList();
        return ToolResult.ok(Map.of("items", items));
    }

    /** Pieces ordered since the day of the count; an order that came in is part of a later count. */
    private static Map<String, Integer> ordered(Reader reader, Business business, List<Count> counts) {
        Map<String, LocalDate> counted = new HashMap<>();
        counts.forEach(count -> counted.put(count.sku(), count.day()));
        LocalDate oldest =
                counts.stream().map(Count::day).min(LocalDate::compareTo).orElseThrow();
        Map<String, Integer> pieces = new HashMap<>();
        for (PurchaseOrder order : reader.list(Query.of(PurchaseOrder.class)
                .where("businessId", business.id())
                .where(
                        "placedAt",
                        Comparison.GREATER_OR_EQUAL,
                        oldest.atStartOfDay(ZoneOffset.UTC).toInstant()))) {
            LocalDate day = LocalDate.ofInstant(order.placedAt(), ZoneOffset.UTC);
            for (Map<String, Object> line : order.lines()) {
                String sku = String.valueOf(line.get("sku"));
                if (counted.containsKey(sku)
                        && !day.isBefore(counted.get(sku))
                        && line.get("quantity") instanceof Number n) {
                    pieces.merge(sku, n.intValue(), Integer::sum);
                }
            }
        }
        return pieces;
    }

    private static boolean low(Count count) {
        Long point = count.reorderPoint();
        return count.onHand() <= (point == null ? LOW : point);
    }

    private static Map<String, Object> item(Count count, int ordered) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("sku", count.sku());
        String name = count.name();
        if (name != null) {
            item.put("name", name);
        }
        item.put("countedOn", count.day().toString());
        item.put("onHand", count.onHand());
        Long point = count.reorderPoint();
        if (point != null) {
            item.put("reorderPoint", point);
        }
        item.put("ordered", ordered);
        item.put("low", low(count));
        return item;
    }
}
