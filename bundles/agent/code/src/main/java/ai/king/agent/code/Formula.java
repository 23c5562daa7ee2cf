/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a metric is worked out by: numbers, aggregates over the rows of a group, and the four operations between them. Within an
 * aggregate the same operations join columns of one row.
 */
sealed interface Formula {

    record Constant(BigDecimal value) implements Formula {}

    record Column(String name) implements Formula {}

    record Negative(Formula of) implements Formula {}

    /** @param operator one of {@code + - * /} */
    record Binary(char operator, Formula left, Formula right) implements Formula {}

    /**
     * @param row what is taken of each row; a column alone for DISTINCT, empty for COUNT
     * @param where only rows that meet all of these count
     */
    record Aggregate(Kind kind, Optional<Formula> row, List<Condition> where) implements Formula {}

    /** How many members a cohort has. */
    record Size() implements Formula {}

    /** What is made of the rows of a group. */
    enum Kind {
        SUM,
        MEAN,
        MIN,
        MAX,
        COUNT,
        DISTINCT
    }

    /**
     * @param comparison one of {@code = != < <= > >=}
     * @param value as it was written: a number, a day or a text
     */
    record Condition(String column, Columns.Type type, String comparison, String value) {}

    /** The aggregates in it, in the order they are written. */
    static List<Aggregate> aggregates(Formula formula) {
        List<Aggregate> found = new ArrayList<>();
        walk(formula, one -> {
            if (one instanceof Aggregate aggregate) {
                found.add(aggregate);
            }
        });
        return found;
    }

    /** Whether it asks how many members a cohort has. */
    static boolean sized(Formula formula) {
        boolean[] found = new boolean[1];
        walk(formula, one -> found[0] |= one instanceof Size);
        return found[0];
    }

    /** The columns it names, conditions included. */
    static List<String> columns(Formula formula) {
        List<String> found = new ArrayList<>();
        walk(formula, one -> {
            if (one instanceof Column column) {
                found.add(column.name());
            } else if (one instanceof Aggregate aggregate) {
                aggregate.where().forEach(condition -> found.add(condition.column()));
            }
        });
        return found.stream().distinct().toList();
    }

    private static void walk(Formula formula, Consumer<Formula> visitor) {
        visitor.accept(formula);
        if (formula instanceof Negative negative) {
            walk(negative.of(), visitor);
        } else if (formula instanceof Binary binary) {
            walk(binary.left(), visitor);
            walk(binary.right(), visitor);
        } else if (formula instanceof Aggregate aggregate) {
            aggregate.row().ifPresent(row -> walk(row, visitor));
        }
    }
}
