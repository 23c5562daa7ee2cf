/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.engine.business.Catalogue.Offer;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads what the suppliers offer. */
@Component
@ToolName(OffersTool.NAME)
public final class OffersTool implements Tool {

    static final String NAME = "suppliers.catalogue";

    private static final String SCHEMA =
            """
            {"type":"object","additionalProperties":false,"properties":{
              "sku":{"type":"string","description":"one article; all without it"},
              "supplierId":{"type":"string","description":"one supplier; all without it"}}}""";

    private final Store store;

    @Activate
    public OffersTool(@Reference Store store) {
        this.store = store;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                NAME, "Offers of the suppliers: unit cost, minimum quantity, days to arrival", SCHEMA, Effect.READ);
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        return BusinessCall.forBusiness(store, call, business -> {
            Arguments arguments = new Arguments(call.arguments());
            String sku = arguments.optionalText("sku").orElse("");
            String supplierId = arguments.optionalText("supplierId").orElse("");
            return store.read(reader -> answer(reader, business, sku, supplierId));
        });
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.empty();
    }

    private static ToolResult answer(Reader reader, Business business, String sku, String supplierId) {
        List<Offer> offers = new Catalogue(reader.connection(), business.id()).offers(sku, supplierId);
        if (offers.isEmpty()) {
            return new ToolResult.Missing(List.of("an offer of a supplier (import suppliers)"));
        }
        return ToolResult.ok(Map.of(
                "currency",
                business.currency(),
                "offers",
                offers.stream().map(OffersTool::item).toList()));
    }

    private static Map<String, Object> item(Offer offer) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("supplierId", offer.supplierId());
        item.put("supplier", offer.supplier());
        item.put("sku", offer.sku());
        item.put("unitCost", offer.unitCost().toPlainString());
        Long minimum = offer.minQuantity();
        if (minimum != null) {
            item.put("minQuantity", minimum);
        }
        Long days = offer.leadDays();
        if (days != null) {
            item.put("leadDays", days);
        }
        return item;
    }
}
