/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.code.Formula.Aggregate;
import ai.king.agent.code.Formula.Condition;
import ai.king.agent.code.Formula.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads formulas and conditions.
 *
 * <pre>
 * formula   := part (('+' | '-') part)*          part := value (('*' | '/') value)*
 * value     := number | '-' value | '(' formula ')' | aggregate      within an aggregate: column in place of aggregate
 * aggregate := ('sum' | 'mean' | 'min' | 'max') '(' formula ['where' conditions] ')'
 *            | 'count' '(' ['where' conditions] ')' | 'distinct' '(' column ['where' conditions] ')' | 'size' '(' ')'
 * conditions := condition ('and' condition)*     condition := column ('=' | '!=' | '&lt;' | '&lt;=' | '>' | '>=') literal
 * literal   := number | 'text' | 2026-12-31
 * </pre>
 *
 * What it does not know it refuses by {@link Unclear}, which says what it knows.
 */
final class FormulaReader {

    private static final int LONGEST = 500;
    private static final int DEEPEST = 20;
    private static final int MOST_AGGREGATES = 12;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\\d{4}-\\d{2}-\\d{2}|\\d+(?:\\.\\d+)?|[A-Za-z_][A-Za-z_0-9]*|'[\\p{L}\\p{N} _.:,@&+%#/-]{0,80}'|!=|<=|>=|[-+*/()=<>])");
    private static final Set<String> COMPARISONS = Set.of("=", "!=", "<", "<=", ">", ">=");
    private static final String KNOWN =
            "sum(...), mean(...), min(...), max(...), count(), distinct(column), size() of a cohort, numbers, + - * / and ( )";

    private final Columns columns;
    private final List<String> tokens = new ArrayList<>();
    private int next;
    private boolean inRow;
    private int aggregates;

    private FormulaReader(Columns columns, String text) {
        this.columns = columns;
        if (text.length() > LONGEST) {
            throw new Unclear("a formula of at most " + LONGEST + " characters");
        }
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end != text.strip().length()) {
            throw new Unclear(
                    "a formula without \"" + text.strip().substring(end).strip() + "\": it may hold " + KNOWN);
        }
    }

    static Formula formula(Columns columns, String text) {
        FormulaReader reader = new FormulaReader(columns, text);
        Formula formula = reader.sum(0);
        reader.end();
        if (reader.aggregates == 0) {
            throw new Unclear("a formula over rows: it names none of " + KNOWN);
        }
        return formula;
    }

    static List<Condition> conditions(Columns columns, String text) {
        FormulaReader reader = new FormulaReader(columns, text);
        List<Condition> conditions = reader.conditions();
        reader.end();
        return conditions;
    }

    private void end() {
        if (next < tokens.size()) {
            throw new Unclear("a formula that ends before \"" + tokens.get(next) + "\"");
        }
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw new Unclear("the end of the formula: it may hold " + KNOWN);
        }
        return tokens.get(next++);
    }

    private boolean took(String token) {
        if (!peek().equals(token)) {
            return false;
        }
        next++;
        return true;
    }

    private void need(String token) {
        if (!took(token)) {
            throw new Unclear("\"" + token + "\" in the formula in place of \"" + peek() + "\"");
        }
    }

    private Formula sum(int depth) {
        Formula left = product(depth);
        while (peek().equals("+") || peek().equals("-")) {
            left = new Formula.Binary(take().charAt(0), left, product(depth));
        }
        return left;
    }

    private Formula product(int depth) {
        Formula left = value(depth);
        while (peek().equals("*") || peek().equals("/")) {
            left = new Formula.Binary(take().charAt(0), left, value(depth));
        }
        return left;
    }

    private Formula value(int depth) {
        if (depth > DEEPEST) {
            throw new Unclear("a formula with at most " + DEEPEST + " brackets in each other");
        }
        String token = take();
        if (token.equals("(")) {
            Formula inner = sum(depth + 1);
            need(")");
            return inner;
        }
        if (token.equals("-")) {
            return new Formula.Negative(value(depth + 1));
        }
        if (token.matches("\\d+(\\.\\d+)?")) {
            return new Formula.Constant(new BigDecimal(token));
        }
        if (!token.matches("[A-Za-z_].*")) {
            throw new Unclear("a number, a column or an aggregate in place of \"" + token + "\": it may hold " + KNOWN);
        }
        return inRow ? column(token) : aggregate(token.toLowerCase(Locale.ROOT), depth);
    }

    private Formula column(String name) {
        if (columns.type(name) != Columns.Type.NUMBER) {
            throw new Unclear("a column of numbers in place of " + columns.kind() + "." + name);
        }
        return new Formula.Column(name);
    }

    private Formula aggregate(String name, int depth) {
        boolean known =
                Set.of("sum", "mean", "min", "max", "count", "distinct", "size").contains(name);
        if (!known || !peek().equals("(")) {
            throw new Unclear("an aggregate in place of \"" + name + "\": a formula may hold " + KNOWN);
        }
        if (++aggregates > MOST_AGGREGATES) {
            throw new Unclear("a formula with at most " + MOST_AGGREGATES + " aggregates");
        }
        need("(");
        if (name.equals("size")) {
            need(")");
            return new Formula.Size();
        }
        Kind kind = Kind.valueOf(name.toUpperCase(Locale.ROOT));
        Optional<Formula> row = row(kind, depth);
        List<Condition> where = took("where") ? conditions() : List.of();
        need(")");
        return new Aggregate(kind, row, where);
    }

    private Optional<Formula> row(Kind kind, int depth) {
        if (kind == Kind.COUNT) {
            return Optional.empty();
        }
        if (kind == Kind.DISTINCT) {
            String column = take();
            columns.type(column);
            return Optional.of(new Formula.Column(column));
        }
        inRow = true;
        Formula row = sum(depth + 1);
        inRow = false;
        return Optional.of(row);
    }

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        do {
            String column = take();
            Columns.Type type = columns.type(column);
            String comparison = take();
            if (!COMPARISONS.contains(comparison)) {
                throw new Unclear("one of = != < <= > >= behind " + column + " in place of \"" + comparison + "\"");
            }
            conditions.add(new Condition(column, type, comparison, literal(type, column)));
        } while (took("and"));
        return conditions;
    }

    private String literal(Columns.Type type, String column) {
        String sign = took("-") ? "-" : "";
        String token = sign + take();
        boolean fits =
                switch (type) {
                    case NUMBER -> token.matches("-?\\d+(\\.\\d+)?");
                    case TEXT -> token.startsWith("'");
                    case DATE -> day(token);
                };
        if (!fits) {
            throw new Unclear(
                    "a " + type.name().toLowerCase(Locale.ROOT) + " for " + column + " in place of \"" + token + "\"");
        }
        return type == Columns.Type.TEXT ? token.substring(1, token.length() - 1) : token;
    }

    private static boolean day(String token) {
        try {
            LocalDate.parse(token);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
