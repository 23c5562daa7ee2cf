/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.code.Formula.Aggregate;
import ai.king.agent.code.Formula.Condition;
import ai.king.agent.code.Grouping.Kind;
import ai.king.agent.code.Grouping.Step;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Works a specification out over given rows, straight from what it says: what a written agent must come to is computed here and
 * not by the code that it is written with.
 */
final class Reckoning {

    private static final int DIGITS = 2;

    private final Specification specification;

    private Reckoning(Specification specification) {
        this.specification = specification;
    }

    /** The rows of the agent's table. */
    static List<List<String>> of(Specification specification, List<Map<String, Object>> rows) {
        return new Reckoning(specification).table(rows);
    }

    private List<List<String>> table(List<Map<String, Object>> all) {
        List<Map<String, Object>> rows = within(all).stream()
                .filter(row -> meets(specification.where(), row))
                .toList();
        if (specification.period().back()) {
            LocalDate end = rows.stream()
                    .map(Reckoning::day)
                    .max(Comparator.naturalOrder())
                    .orElse(LocalDate.MAX);
            LocalDate first = specification.period().first(end);
            rows = rows.stream().filter(row -> !day(row).isBefore(first)).toList();
        }
        return specification.by().kind() == Kind.COHORT ? cohorts(rows) : keyed(rows);
    }

    private List<Map<String, Object>> within(List<Map<String, Object>> rows) {
        Period period = specification.period();
        return !specification.records().dated()
                ? rows
                : rows.stream()
                        .filter(row ->
                                period.back() || !day(row).isBefore(period.from()) && !day(row).isAfter(period.to()))
                        .toList();
    }

    private List<List<String>> keyed(List<Map<String, Object>> rows) {
        Grouping by = specification.by();
        TreeMap<String, List<Map<String, Object>>> groups = new TreeMap<>();
        for (Map<String, Object> row : rows) {
            String key =
                    switch (by.kind()) {
                        case COLUMN -> String.valueOf(row.get(by.column()));
                        case PERIOD -> label(by.step(), start(by.step(), day(row)));
                        default -> "all";
                    };
            groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(row);
        }
        List<List<String>> table = new ArrayList<>();
        groups.forEach((key, group) -> table.add(List.of(key, print(value(specification.formula(), group, 0)))));
        return table;
    }

    private List<List<String>> cohorts(List<Map<String, Object>> rows) {
        Grouping by = specification.by();
        Map<Object, LocalDate> first = new HashMap<>();
        rows.stream()
                .sorted(Comparator.comparing(Reckoning::day).reversed())
                .forEach(row -> first.put(member(row), start(by.step(), day(row))));
        LocalDate last = rows.stream()
                .map(row -> start(by.step(), day(row)))
                .max(Comparator.naturalOrder())
                .orElse(LocalDate.MIN);
        List<List<String>> table = new ArrayList<>();
        first.values().stream().distinct().sorted().forEach(start -> {
            long size = first.values().stream().filter(start::equals).count();
            List<String> cells = new ArrayList<>(List.of(label(by.step(), start), Long.toString(size)));
            for (int step = 0; step <= by.steps(); step++) {
                LocalDate then = after(by.step(), start, step);
                List<Map<String, Object>> group = rows.stream()
                        .filter(row -> start.equals(first.get(member(row))))
                        .filter(row -> start(by.step(), day(row)).equals(then))
                        .toList();
                cells.add(then.isAfter(last) ? "" : print(value(specification.formula(), group, size)));
            }
            table.add(cells);
        });
        return table;
    }

    private Object member(Map<String, Object> row) {
        return Objects.requireNonNull(row.get(specification.by().column()));
    }

    private static LocalDate day(Map<String, Object> row) {
        return (LocalDate) Objects.requireNonNull(row.get("date"));
    }

    private static String print(Optional<BigDecimal> value) {
        return value.map(known -> known.setScale(DIGITS, RoundingMode.HALF_UP).toPlainString())
                .orElse("no data");
    }

    private static LocalDate start(Step step, LocalDate day) {
        return switch (step) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case YEAR -> LocalDate.of(day.getYear(), 1, 1);
        };
    }

    private static LocalDate after(Step step, LocalDate start, int steps) {
        return switch (step) {
            case DAY -> start.plusDays(steps);
            case WEEK -> start.plusWeeks(steps);
            case MONTH -> start.plusMonths(steps);
            case QUARTER -> start.plus(3L * steps, ChronoUnit.MONTHS);
            case YEAR -> start.plusYears(steps);
        };
    }

    private static String label(Step step, LocalDate start) {
        return switch (step) {
            case DAY, WEEK -> start.toString();
            case MONTH -> YearMonth.from(start).toString();
            case QUARTER -> start.getYear() + "-Q" + (start.getMonthValue() / 3 + 1);
            case YEAR -> Integer.toString(start.getYear());
        };
    }

    /** Empty where a part of it has no value: a quotient by nothing, the mean of no row. */
    private static Optional<BigDecimal> value(Formula formula, List<Map<String, Object>> group, long size) {
        if (formula instanceof Formula.Constant constant) {
            return Optional.of(constant.value());
        }
        if (formula instanceof Formula.Size) {
            return Optional.of(BigDecimal.valueOf(size));
        }
        if (formula instanceof Formula.Negative negative) {
            return value(negative.of(), group, size).map(BigDecimal::negate);
        }
        if (formula instanceof Formula.Binary binary) {
            Optional<BigDecimal> left = value(binary.left(), group, size);
            Optional<BigDecimal> right = value(binary.right(), group, size);
            return left.flatMap(one -> right.flatMap(other -> joined(binary.operator(), one, other)));
        }
        Aggregate aggregate = (Aggregate) formula;
        List<Map<String, Object>> rows =
                group.stream().filter(row -> meets(aggregate.where(), row)).toList();
        return aggregated(aggregate, rows);
    }

    private static Optional<BigDecimal> aggregated(Aggregate aggregate, List<Map<String, Object>> rows) {
        Formula row = aggregate.row().orElse(new Formula.Constant(BigDecimal.ONE));
        return switch (aggregate.kind()) {
            case COUNT -> Optional.of(BigDecimal.valueOf(rows.size()));
            case DISTINCT -> Optional.of(BigDecimal.valueOf(rows.stream()
                    .map(cells -> String.valueOf(cells.get(((Formula.Column) row).name())))
                    .distinct()
                    .count()));
            case SUM -> Optional.of(sum(row, rows));
            case MEAN -> rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(sum(row, rows).divide(BigDecimal.valueOf(rows.size()), MathContext.DECIMAL128));
            case MIN -> rows.stream().map(cells -> number(row, cells)).min(Comparator.naturalOrder());
            case MAX -> rows.stream().map(cells -> number(row, cells)).max(Comparator.naturalOrder());
        };
    }

    private static BigDecimal sum(Formula row, List<Map<String, Object>> rows) {
        return rows.stream().map(cells -> number(row, cells)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Optional<BigDecimal> joined(char operator, BigDecimal left, BigDecimal right) {
        return switch (operator) {
            case '+' -> Optional.of(left.add(right));
            case '-' -> Optional.of(left.subtract(right));
            case '*' -> Optional.of(left.multiply(right));
            default -> right.signum() == 0 ? Optional.empty() : Optional.of(left.divide(right, MathContext.DECIMAL128));
        };
    }

    private static BigDecimal number(Formula row, Map<String, Object> cells) {
        if (row instanceof Formula.Constant constant) {
            return constant.value();
        }
        if (row instanceof Formula.Column column) {
            return new BigDecimal(String.valueOf(cells.get(column.name())));
        }
        if (row instanceof Formula.Negative negative) {
            return number(negative.of(), cells).negate();
        }
        Formula.Binary binary = (Formula.Binary) row;
        return joined(binary.operator(), number(binary.left(), cells), number(binary.right(), cells))
                .orElseThrow(() -> new Unclear("a row without a zero to divide by"));
    }

    private static boolean meets(List<Condition> conditions, Map<String, Object> row) {
        return conditions.stream().allMatch(condition -> {
            String cell = String.valueOf(row.get(condition.column()));
            int compared =
                    switch (condition.type()) {
                        case TEXT -> cell.compareTo(condition.value());
                        case NUMBER -> new BigDecimal(cell).compareTo(new BigDecimal(condition.value()));
                        case DATE -> LocalDate.parse(cell).compareTo(LocalDate.parse(condition.value()));
                    };
            return switch (condition.comparison()) {
                case "=" -> compared == 0;
                case "!=" -> compared != 0;
                case "<" -> compared < 0;
                case "<=" -> compared <= 0;
                case ">" -> compared > 0;
                default -> compared >= 0;
            };
        });
    }
}
