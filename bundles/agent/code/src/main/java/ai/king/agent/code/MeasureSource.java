/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.code.Formula.Aggregate;
import ai.king.agent.code.Formula.Condition;
import ai.king.agent.code.Formula.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the class that gathers the rows of one group and works the formula out. */
final class MeasureSource {

    private static final String TEXT =
            """
            package @PLUG@;

            /** @TITLE@ of one group of rows: {@code @FORMULA@}. */
            final class @TYPE@ {

            @FIELDS@
                /** Whether a row counts at all. */
                static boolean counts(Records.Line line) {
                    return @WHERE@;
                }

                void add(Records.Line line) {
            @ADDS@    }

                /** The figure; no finite number where the rows give none. */
                double value(@SIZE@) {
                    return @VALUE@;
                }
            @OVER@}
            """;

    private static final String OVER =
            """

                private static double over(double part, double whole) {
                    return whole == 0 ? Double.NaN : part / whole;
                }
            """;

    private static final List<String> IMPORTS = List.of(
            "ai.king.agent.Records",
            "java.math.BigDecimal",
            "java.math.MathContext",
            "java.time.LocalDate",
            "java.util.DoubleSummaryStatistics",
            "java.util.HashSet",
            "java.util.Set");

    private final Specification specification;
    private final List<Aggregate> aggregates;
    private int written;

    private MeasureSource(Specification specification) {
        this.specification = specification;
        this.aggregates = Formula.aggregates(specification.formula());
    }

    static String of(Specification specification) {
        return new MeasureSource(specification).text();
    }

    private String text() {
        String value = value(specification.formula());
        String text = TEXT.replace("@PLUG@", specification.plug())
                .replace("@TITLE@", AgentSource.capital(specification.title()))
                .replace("@FORMULA@", specification.written().getOrDefault("formula", ""))
                .replace("@TYPE@", specification.measure())
                .replace("@FIELDS@", fields())
                .replace("@WHERE@", specification.where().isEmpty() ? "true" : all(specification.where()))
                .replace("@ADDS@", adds())
                .replace("@SIZE@", Formula.sized(specification.formula()) ? "long size" : "")
                .replace("@VALUE@", value)
                .replace("@OVER@", value.contains("over(") ? OVER : "");
        return Template.imported(text, IMPORTS);
    }

    private String fields() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < aggregates.size(); i++) {
            fields.append("    private ")
                    .append(
                            switch (aggregates.get(i).kind()) {
                                case SUM -> "BigDecimal " + field(i) + " = BigDecimal.ZERO;";
                                case COUNT -> "long " + field(i) + ";";
                                case DISTINCT -> "final Set<String> " + field(i) + " = new HashSet<>();";
                                case MEAN, MIN, MAX -> "final DoubleSummaryStatistics " + field(i)
                                        + " = new DoubleSummaryStatistics();";
                            })
                    .append('\n');
        }
        return fields.toString();
    }

    private String field(int i) {
        return switch (aggregates.get(i).kind()) {
                    case SUM -> "sum";
                    case COUNT -> "count";
                    case DISTINCT -> "seen";
                    case MEAN, MIN, MAX -> "figures";
                }
                + (i + 1);
    }

    private String adds() {
        StringBuilder adds = new StringBuilder();
        for (int i = 0; i < aggregates.size(); i++) {
            Aggregate one = aggregates.get(i);
            String row = one.row().map(MeasureSource::row).orElse("");
            String statement =
                    switch (one.kind()) {
                        case SUM -> field(i) + " = " + field(i) + ".add(" + row + ");";
                        case COUNT -> field(i) + "++;";
                        case DISTINCT -> field(i) + ".add(line.text(" + quoted(column(one)) + "));";
                        case MEAN, MIN, MAX -> field(i) + ".accept(" + row + ".doubleValue());";
                    };
            adds.append(
                    one.where().isEmpty()
                            ? "        " + statement + "\n"
                            : "        if (" + all(one.where()) + ") {\n            " + statement + "\n        }\n");
        }
        return adds.toString();
    }

    private static String column(Aggregate distinct) {
        return distinct.row()
                .map(row -> ((Formula.Column) row).name())
                .orElseThrow(() -> new IllegalStateException("distinct of nothing"));
    }

    /** What is taken of one row, exactly. */
    private static String row(Formula formula) {
        if (formula instanceof Formula.Constant constant) {
            return "new BigDecimal(" + quoted(constant.value().toPlainString()) + ")";
        }
        if (formula instanceof Formula.Column column) {
            return "line.decimal(" + quoted(column.name()) + ")";
        }
        if (formula instanceof Formula.Negative negative) {
            return row(negative.of()) + ".negate()";
        }
        Formula.Binary binary = (Formula.Binary) formula;
        String right = row(binary.right());
        return row(binary.left())
                + switch (binary.operator()) {
                    case '+' -> ".add(" + right + ")";
                    case '-' -> ".subtract(" + right + ")";
                    case '*' -> ".multiply(" + right + ")";
                    default -> ".divide(" + right + ", MathContext.DECIMAL64)";
                };
    }

    /** What is made of the group; aggregates in the order they are written. */
    private String value(Formula formula) {
        if (formula instanceof Formula.Constant constant) {
            return constant.value().toPlainString().contains(".")
                    ? constant.value().toPlainString()
                    : constant.value().toPlainString() + ".0";
        }
        if (formula instanceof Formula.Negative negative) {
            return "-(" + value(negative.of()) + ")";
        }
        if (formula instanceof Formula.Binary binary) {
            String left = value(binary.left());
            String right = value(binary.right());
            return binary.operator() == '/'
                    ? "over(" + left + ", " + right + ")"
                    : "(" + left + " " + binary.operator() + " " + right + ")";
        }
        if (formula instanceof Formula.Size) {
            return "(double) size";
        }
        String field = field(written);
        Kind kind = aggregates.get(written++).kind();
        return switch (kind) {
            case SUM -> field + ".doubleValue()";
            case COUNT -> "(double) " + field;
            case DISTINCT -> "(double) " + field + ".size()";
            case MEAN -> "(" + field + ".getCount() == 0 ? Double.NaN : " + field + ".getAverage())";
            case MIN -> "(" + field + ".getCount() == 0 ? Double.NaN : " + field + ".getMin())";
            case MAX -> "(" + field + ".getCount() == 0 ? Double.NaN : " + field + ".getMax())";
        };
    }

    private static String all(List<Condition> conditions) {
        List<String> parts = new ArrayList<>();
        for (Condition one : conditions) {
            String column = quoted(one.column());
            String cell =
                    switch (one.type()) {
                        case TEXT -> "line.text(" + column + ").compareTo(" + quoted(one.value()) + ")";
                        case NUMBER -> "line.decimal(" + column + ").compareTo(new BigDecimal(" + quoted(one.value())
                                + "))";
                        case DATE -> "line.date(" + column + ").compareTo(LocalDate.parse(" + quoted(one.value())
                                + "))";
                    };
            boolean same = one.type() == Columns.Type.TEXT && one.comparison().matches("!?=");
            parts.add(
                    same
                            ? (one.comparison().equals("=") ? "" : "!") + "line.text(" + column + ").equals("
                                    + quoted(one.value()) + ")"
                            : cell + " " + (one.comparison().equals("=") ? "==" : one.comparison()) + " 0");
        }
        return parts.stream().collect(Collectors.joining(" && "));
    }

    /** A text as Java writes it; what formulas may hold needs no more than this. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
