/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.code.Formula.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A metric that an agent shall work out, complete and understood.
 *
 * @param plug symbolic name of the bundle
 * @param name of the metric, which is the agent's action, too
 * @param title for people
 * @param where rows that count at all
 * @param written the keys as they were given, for people and for the next change
 */
record Specification(
        String plug,
        String name,
        String title,
        Columns records,
        Formula formula,
        List<Condition> where,
        Grouping by,
        Period period,
        String unit,
        Map<String, String> written) {

    static final List<String> KEYS = List.of(
            "name", "title", "plug", "records", "inputs", "formula", "where", "by", "member", "step", "steps", "period",
            "unit");

    private static final Set<String> JAVA = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "try",
            "void",
            "volatile",
            "while",
            "true",
            "false",
            "null",
            "instanceof",
            "strictfp");

    /** What came of reading one: a specification, or what it lacks. */
    record Read(List<Specification> whole, List<String> missing) {

        boolean complete() {
            return missing.isEmpty();
        }

        Specification get() {
            return whole.get(0);
        }
    }

    /** Reads keys and values; every fault is told at once. */
    static Read read(Map<String, String> given) {
        List<String> missing = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(given.keySet());
        KEYS.forEach(unknown::remove);
        unknown.forEach(key -> missing.add("a specification without " + key + ": it has " + String.join(", ", KEYS)));
        Map<String, String> written = new LinkedHashMap<>();
        for (String key : KEYS) {
            String value = given.getOrDefault(key, "").strip().replaceAll("\\s+", " ");
            if (!value.isEmpty()) {
                written.put(key, value);
            }
        }
        String name = told(missing, "", () -> name(written));
        Columns records = told(missing, Columns.ORDERS, () -> records(written));
        if (!missing.isEmpty()) {
            return new Read(List.of(), List.copyOf(missing));
        }
        Formula none = new Formula.Size();
        Formula formula = told(missing, none, () -> formula(records, written));
        List<Condition> where = told(missing, List.of(), () -> where(records, written));
        Grouping by = told(missing, Grouping.none(), () -> Grouping.of(records, written));
        Period period = told(missing, Period.all(), () -> Period.of(records, written.getOrDefault("period", "all")));
        told(missing, "", () -> inputs(records, formula, where, written));
        if (formula != none && Formula.sized(formula) && by.kind() != Grouping.Kind.COHORT) {
            missing.add("by: cohort, for the size() in the formula");
        }
        String plug = told(missing, "", () -> plug(written, name));
        String title = told(missing, "", () -> line(written.getOrDefault("title", name.replace('_', ' ')), "title"));
        String unit = told(missing, "", () -> unit(written.getOrDefault("unit", "")));
        return missing.isEmpty()
                ? new Read(
                        List.of(new Specification(
                                plug, name, title, records, formula, where, by, period, unit, Map.copyOf(written))),
                        List.of())
                : new Read(List.of(), List.copyOf(missing));
    }

    private static <T> T told(List<String> missing, T otherwise, Supplier<T> part) {
        try {
            return part.get();
        } catch (Unclear e) {
            missing.add(e.missing());
            return otherwise;
        }
    }

    private static String name(Map<String, String> given) {
        String name = given.getOrDefault("name", "").toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
        if (!name.matches("[a-z][a-z_]{2,39}") || JAVA.contains(name) || name.endsWith("_") || name.contains("__")) {
            throw new Unclear("name: of the metric, 3 to 40 lower-case letters and underscores, as cohort_retention");
        }
        return name;
    }

    private static Columns records(Map<String, String> given) {
        return Columns.of(given.getOrDefault("records", ""))
                .orElseThrow(() -> new Unclear("records: one of " + String.join(", ", Columns.kinds())));
    }

    private static Formula formula(Columns records, Map<String, String> given) {
        if (!given.containsKey("formula")) {
            throw new Unclear("formula: such as 100 * count(where status = 'returned') / count()");
        }
        return FormulaReader.formula(records, given.getOrDefault("formula", ""));
    }

    private static List<Condition> where(Columns records, Map<String, String> given) {
        return given.containsKey("where")
                ? FormulaReader.conditions(records, given.getOrDefault("where", ""))
                : List.of();
    }

    /** The columns a person says that it uses are those it does use. */
    private static String inputs(Columns records, Formula formula, List<Condition> where, Map<String, String> given) {
        if (given.containsKey("inputs")) {
            Set<String> named =
                    new LinkedHashSet<>(List.of(given.getOrDefault("inputs", "").split("[,\\s]+")));
            named.forEach(records::type);
            Set<String> used = new LinkedHashSet<>(Formula.columns(formula));
            where.forEach(condition -> used.add(condition.column()));
            used.removeAll(named);
            if (!used.isEmpty()) {
                throw new Unclear("inputs: the formula uses " + String.join(", ", used) + ", too");
            }
        }
        return "";
    }

    private static String plug(Map<String, String> given, String name) {
        String plug = given.getOrDefault("plug", "generated." + name.replace("_", ""));
        boolean wellFormed = plug.matches("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*\\.[a-z]+")
                && plug.length() <= 80
                && List.of(plug.split("\\.")).stream().noneMatch(JAVA::contains)
                && !plug.startsWith("java.")
                && !plug.startsWith("ai.king.");
        if (!wellFormed) {
            throw new Unclear(
                    "plug: words in lower case with dots between them, as acme.retention, not under ai.king or java");
        }
        return plug;
    }

    private static String line(String text, String key) {
        if (!text.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ,.()%&+'/-]{1,99}")) {
            throw new Unclear(key + ": letters, figures and plain punctuation, 2 to 100 characters");
        }
        return text;
    }

    private static String unit(String unit) {
        if (!unit.matches("%|[A-Za-z]{0,12}")) {
            throw new Unclear("unit: %, a currency or one word");
        }
        return unit;
    }

    /** The agent's own name. */
    String agent() {
        return plug.substring(plug.lastIndexOf('.') + 1);
    }

    /** The metric as the name of a type. */
    String type() {
        StringBuilder type = new StringBuilder();
        for (String word : name.split("_")) {
            type.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return type.toString();
    }

    /** The type that gathers the rows of a group. */
    String measure() {
        return type() + "Measure";
    }

    /** What it works out, in a sentence. */
    String sentence() {
        String rows = where.isEmpty() ? "" : " where " + written.get("where");
        return title + " from " + records.kind() + rows + by.told();
    }
}
