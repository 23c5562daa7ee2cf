/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.code.Formula.Aggregate;
import ai.king.agent.code.Formula.Condition;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A few made-up rows of the records of a specification, for its test: some that its conditions let pass and some that they do not. */
final class ExampleRows {

    private static final List<String> MEMBERS = List.of("A", "B", "A", "C", "B", "A", "C", "D");
    private static final List<Integer> DAYS = List.of(0, 2, 31, 45, 60, 62, 89, 110);
    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 5);

    private ExampleRows() {}

    static List<Map<String, Object>> of(Specification specification) {
        List<Condition> conditions = Stream.concat(
                        specification.where().stream(),
                        Formula.aggregates(specification.formula()).stream()
                                .map(Aggregate::where)
                                .flatMap(List::stream))
                .toList();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < MEMBERS.size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            int position = 0;
            for (String column : specification.records().names()) {
                row.put(column, cell(specification, column, conditions, i, position++));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object cell(
            Specification specification, String column, List<Condition> conditions, int row, int position) {
        boolean fixed =
                !specification.period().back() && specification.period().from().getYear() > 1970;
        return switch (specification.records().type(column)) {
            case DATE -> (fixed ? specification.period().from() : BEGIN).plusDays(DAYS.get(row));
            case NUMBER -> number(column, conditions, row, position);
            case TEXT -> specification.by().column().equals(column) && !asked(column, conditions)
                    ? MEMBERS.get(row)
                    : text(column, conditions, row, position);
        };
    }

    private static boolean asked(String column, List<Condition> conditions) {
        return conditions.stream().anyMatch(condition -> condition.column().equals(column));
    }

    /** Every third row stands on the other side of a condition. */
    private static BigDecimal number(String column, List<Condition> conditions, int row, int position) {
        return conditions.stream()
                .filter(condition -> condition.column().equals(column))
                .findFirst()
                .map(condition -> new BigDecimal(condition.value())
                        .add(BigDecimal.valueOf(row % 3 == 2 ? beyond(condition) : within(condition))))
                .orElseGet(() ->
                        BigDecimal.valueOf((row * 7L + position * 3L) % 5 + 1).add(new BigDecimal("0.25")));
    }

    private static long within(Condition condition) {
        return switch (condition.comparison()) {
            case ">", "!=" -> 1;
            case "<" -> -1;
            default -> 0;
        };
    }

    private static long beyond(Condition condition) {
        return switch (condition.comparison()) {
            case "=", "<=" -> 1;
            case ">=" -> -1;
            default -> 0;
        };
    }

    private static String text(String column, List<Condition> conditions, int row, int position) {
        List<String> values = new ArrayList<>(conditions.stream()
                .filter(condition -> condition.column().equals(column))
                .map(Condition::value)
                .distinct()
                .toList());
        if (values.isEmpty()) {
            return column + "-" + (column.endsWith("_id") ? row : (row + position) % 2);
        }
        boolean other = conditions.stream()
                .anyMatch(condition -> condition.column().equals(column)
                        && condition.comparison().equals("!="));
        String usual = other ? "other" : values.get(0);
        values.add(0, usual);
        values.add(1, usual);
        values.add("other");
        return row < 2 ? usual : values.get(row % values.size());
    }
}
