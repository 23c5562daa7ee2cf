/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows, in which order. Fields are component names of the row; values are bound, never part of a statement.
 *
 * @param cursor the value of {@link Page#next()}; null for the first page
 * @param limit rows at most, 1 to 500
 */
public record Query<R extends Row>(
        Class<R> type, List<Condition> conditions, List<Order> order, @Nullable String cursor, int limit) {

    /** How a field compares. */
    public enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        IN,
        IS_NULL,
        NOT_NULL
    }

    /** One condition; all must hold. For IN the value is a collection. */
    public record Condition(String field, Comparison comparison, @Nullable Object value) {}

    /** One key of the order; the id is always the last one, in the direction of the last key. */
    public record Order(String field, boolean ascending) {}

    /** All rows of a type, newest first (ids are time-ordered), 50 of them. */
    public static <R extends Row> Query<R> of(Class<R> type) {
        return new Query<>(type, List.of(), List.of(), null, 50);
    }

    public Query<R> where(String field, Object value) {
        return where(field, Comparison.EQUAL, value);
    }

    public Query<R> in(String field, Collection<?> values) {
        return where(field, Comparison.IN, List.copyOf(values));
    }

    public Query<R> where(String field, Comparison comparison, @Nullable Object value) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(new Condition(field, comparison, value));
        return new Query<>(type, List.copyOf(more), order, cursor, limit);
    }

    public Query<R> ascending(String field) {
        return ordered(new Order(field, true));
    }

    public Query<R> descending(String field) {
        return ordered(new Order(field, false));
    }

    private Query<R> ordered(Order key) {
        List<Order> more = new ArrayList<>(order);
        more.add(key);
        return new Query<>(type, conditions, List.copyOf(more), cursor, limit);
    }

    public Query<R> page(@Nullable String after, int rows) {
        return new Query<>(type, conditions, order, after, rows);
    }
}
