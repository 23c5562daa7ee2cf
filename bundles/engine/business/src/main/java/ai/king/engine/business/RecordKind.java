/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import static ai.king.engine.business.Column.oneOf;
import static ai.king.engine.business.Column.optional;
import static ai.king.engine.business.Column.required;

import ai.king.engine.business.Column.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The kinds of record a business keeps: their columns, what makes a line the same line, and their table. */
enum RecordKind {
    ORDERS(
            Again.REFUSED,
            List.of("order_id"),
            required("order_id", Type.TEXT),
            required("date", Type.DAY),
            required("customer_id", Type.TEXT),
            required("sku", Type.TEXT),
            required("quantity", Type.WHOLE),
            required("unit_price", Type.AMOUNT),
            required("discount", Type.AMOUNT),
            optional("channel", Type.TEXT),
            oneOf("status", "completed", "returned", "cancelled")),
    PRODUCTS(
            Again.REPLACES,
            List.of("sku"),
            required("sku", Type.TEXT),
            required("name", Type.TEXT),
            optional("category", Type.TEXT),
            optional("supplier_id", Type.TEXT),
            optional("unit_cost", Type.AMOUNT),
            required("list_price", Type.AMOUNT),
            optional("launched", Type.DAY)),
    COSTS(
            Again.REFUSED,
            List.of(),
            required("date", Type.DAY),
            required("category", Type.TEXT),
            required("amount", Type.SIGNED_AMOUNT),
            optional("note", Type.TEXT)),
    ADVERTISING(
            Again.REFUSED,
            List.of("date", "channel", "campaign"),
            required("date", Type.DAY),
            required("channel", Type.TEXT),
            optional("campaign", Type.TEXT),
            optional("impressions", Type.WHOLE),
            optional("clicks", Type.WHOLE),
            required("spend", Type.AMOUNT),
            optional("orders", Type.WHOLE)),
    STOCK(
            Again.REPLACES,
            List.of("sku", "date"),
            required("sku", Type.TEXT),
            required("date", Type.DAY),
            required("on_hand", Type.WHOLE),
            optional("reorder_point", Type.WHOLE)),
    SUPPLIERS(
            Again.REPLACES,
            List.of("supplier_id", "sku"),
            required("supplier_id", Type.TEXT),
            required("supplier", Type.TEXT),
            required("sku", Type.TEXT),
            required("unit_cost", Type.AMOUNT),
            optional("min_quantity", Type.WHOLE),
            optional("lead_days", Type.WHOLE)),
    TARGETS(
            Again.REPLACES,
            List.of("metric", "period"),
            required("metric", Type.TEXT),
            required("period", Type.TEXT),
            required("target", Type.NUMBER),
            optional("unit", Type.TEXT)),
    METRICS(
            Again.REPLACES,
            List.of("date"),
            required("date", Type.DAY),
            optional("sessions", Type.WHOLE),
            optional("bounce_rate", Type.PERCENT),
            optional("conversion_rate", Type.PERCENT),
            optional("churn_rate", Type.PERCENT));

    /** What a line does whose key is stored from an earlier upload. */
    enum Again {
        /** Refused: what happened is not overwritten by sending it twice. */
        REFUSED,
        /** Replaces it: the kind describes how things stand. */
        REPLACES
    }

    private static final String PERIOD = "\\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?";

    private final Again again;
    private final List<Integer> key;
    private final List<Column> columns;

    RecordKind(Again again, List<String> key, Column... columns) {
        this.again = again;
        this.columns = List.of(columns);
        this.key = key.stream().map(this::index).toList();
    }

    /** The kind of a name such as {@code orders}; empty when there is none. */
    static Optional<RecordKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(name)).findFirst();
    }

    /** All names, for a message. */
    static String names() {
        return Arrays.stream(values()).map(RecordKind::label).collect(Collectors.joining(" "));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String table() {
        return "record_" + label();
    }

    List<Column> columns() {
        return columns;
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    boolean replaces() {
        return again == Again.REPLACES;
    }

    /** Whether rows have a day, so that a range of days selects among them. */
    boolean dated() {
        return columnNames().contains("date");
    }

    /** Whether the lines say themselves what makes them unique; costs do not: see {@link RecordImport}. */
    boolean keyed() {
        return !key.isEmpty();
    }

    List<String> keyColumns() {
        return key.stream().map(i -> columns.get(i).name()).toList();
    }

    /** The key of a line: its key cells, joined by a character that no cell can hold. */
    String keyOf(@Nullable Object[] cells) {
        List<Integer> parts =
                keyed() ? key : IntStream.range(0, columns.size()).boxed().toList();
        return parts.stream()
                .map(i -> cells[i] == null ? "" : String.valueOf(cells[i]))
                .collect(Collectors.joining("\u001f"));
    }

    /** What contradicts itself in a line whose cells are good one by one; throws {@link BadCell}. */
    void check(@Nullable Object[] cells) {
        if (this == ORDERS && value(cells, "quantity") instanceof Long quantity) {
            BigDecimal worth = amount(cells, "unit_price").multiply(BigDecimal.valueOf(quantity));
            if (quantity == 0) {
                throw new BadCell("quantity is zero");
            }
            if (amount(cells, "discount").compareTo(worth) > 0) {
                throw new BadCell("discount is higher than quantity x unit_price");
            }
        }
        if (this == TARGETS && value(cells, "period") instanceof String period && !period.matches(PERIOD)) {
            throw new BadCell("period must be such as 2026, 2026-Q4 or 2026-11, not " + Names.shown(period));
        }
    }

    int index(String column) {
        int index = columnNames().indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException(label() + " has no column " + column);
        }
        return index;
    }

    private @Nullable Object value(@Nullable Object[] cells, String column) {
        return cells[index(column)];
    }

    private BigDecimal amount(@Nullable Object[] cells, String column) {
        return value(cells, column) instanceof BigDecimal amount ? amount : BigDecimal.ZERO;
    }
}
