/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds of records that a business has, and their columns. */
enum Columns {
    ORDERS(
            "order_id:text date:date customer_id:text sku:text quantity:number unit_price:number discount:number channel:text"
                    + " status:text"),
    PRODUCTS("sku:text name:text category:text supplier_id:text unit_cost:number list_price:number launched:date"),
    COSTS("date:date category:text amount:number note:text"),
    ADVERTISING("date:date channel:text campaign:text impressions:number clicks:number spend:number orders:number"),
    STOCK("sku:text date:date on_hand:number reorder_point:number"),
    SUPPLIERS("supplier_id:text supplier:text sku:text unit_cost:number min_quantity:number lead_days:number"),
    TARGETS("metric:text period:text target:number unit:text"),
    METRICS("date:date sessions:number bounce_rate:number conversion_rate:number churn_rate:number");

    /** What a cell of a column is. */
    enum Type {
        TEXT,
        NUMBER,
        DATE
    }

    private final Map<String, Type> types = new LinkedHashMap<>();

    Columns(String columns) {
        for (String column : columns.split(" ")) {
            String[] parts = column.split(":");
            types.put(parts[0], Type.valueOf(parts[1].toUpperCase(Locale.ROOT)));
        }
    }

    static Optional<Columns> of(String kind) {
        return Arrays.stream(values()).filter(one -> one.kind().equals(kind)).findFirst();
    }

    static List<String> kinds() {
        return Arrays.stream(values()).map(Columns::kind).toList();
    }

    /** The name that records go by. */
    String kind() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> names() {
        return List.copyOf(types.keySet());
    }

    /** Whether rows have a day that they belong to. */
    boolean dated() {
        return types.containsKey("date");
    }

    /** Throws {@link Unclear} for a column that these records do not have. */
    Type type(String column) {
        Type type = types.get(column);
        if (type == null) {
            throw new Unclear(kind() + " has no column " + column + ": it has " + String.join(", ", names()));
        }
        return type;
    }
}
