/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.code.Grouping.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands between the braces of an agent that works a metric out. */
final class AgentBody {

    private static final String TEXT =
            """

                @ObjectClassDefinition(name = "@NAME@ agent", description = "Works out @TITLE@")
                @interface Config {
                    @AttributeDefinition(description = "Digits behind the decimal point")
                    int digits() default 2;

                    @AttributeDefinition(description = "Rows of the table at most, of periods the latest")
                    int groups() default 60;
                }

                private static final List<String> COLUMNS = List.of(@COLUMNS@);

                private final int digits;
                private final int groups;

                @Activate
                public @TYPE@Agent(Config config) {
                    digits = Math.max(0, Math.min(10, config.digits()));
                    groups = Math.max(1, config.groups());
                }

                @Override
                public Outcome perform(Task task, AgentContext context) {
                    if (!task.action().isEmpty() && !task.action().equals("@METRIC@")) {
                        return new Outcome.Failed("@AGENT@ has no action " + task.action(), false);
                    }
                    Optional<BusinessData> business = context.business();
                    if (business.isEmpty()) {
                        return new Outcome.Declined(List.of("a business: name one with the goal"));
                    }
                    Records records = business.get().records("@RECORDS@", @FROM@, @TO@);
                    try {
                        List<Records.Line> lines = lines(records);
                        return lines.isEmpty()
                                ? new Outcome.Declined(List.of("rows of @RECORDS@@WHERE@"))
                                : report(rows(lines), records.source("@ROWS@", lines.size()));
                    } catch (IllegalArgumentException | ArithmeticException e) {
                        return new Outcome.Declined(List.of("whole rows of @RECORDS@: " + e.getMessage()));
                    }
                }

                /** The rows that count. */
                private static List<Records.Line> lines(Records records) {
            @LINES@    }

            @GROUPS@
                private String print(double value) {
                    return Double.isFinite(value)
                            ? BigDecimal.valueOf(value)
                                    .setScale(digits, RoundingMode.HALF_UP)
                                    .toPlainString()
                            : "no data";
                }

                private Outcome report(List<List<String>> all, Source rows) {
                    List<List<String>> shown = List.copyOf(all.subList(Math.max(0, all.size() - groups), all.size()));
                    List<Source> sources = List.of(rows, new Source.Formula("@FORMULA@"));
                    Report.Text text = new Report.Text(
                            "@CAPITAL@@UNITWORDS@: " + shown.size() + " of " + all.size() + " groups.", sources);
                    Report.Table table = new Report.Table("@CAPITAL@@UNITWORDS@", COLUMNS, shown, sources);
                    return new Outcome.Done(
                            Map.of("metric", "@METRIC@", "unit", "@UNIT@", "columns", COLUMNS, "rows", shown),
                            new Report(List.of(new Report.Section("@CAPITAL@", List.of(text, table)))));
                }
            """;

    private static final String ALL =
            """
                private List<List<String>> rows(List<Records.Line> lines) {
                    @MEASURE@ all = new @MEASURE@();
                    lines.forEach(all::add);
                    return List.of(List.of("all", print(all.value())));
                }
            """;

    private static final String KEYED =
            """
                private List<List<String>> rows(List<Records.Line> lines) {
                    TreeMap<String, @MEASURE@> found = new TreeMap<>();
                    for (Records.Line line : lines) {
                        found.computeIfAbsent(@KEY@, unused -> new @MEASURE@())
                                .add(line);
                    }
                    List<List<String>> rows = new ArrayList<>();
                    found.forEach((key, group) -> rows.add(List.of(key, print(group.value()))));
                    return rows;
                }
            """;

    private static final String COHORTS =
            """
                private List<List<String>> rows(List<Records.Line> lines) {
                    Map<String, LocalDate> first = new HashMap<>();
                    for (Records.Line line : lines) {
                        first.merge(
                                line.text("@MEMBER@"),
                                start(line.date("date")),
                                (one, other) -> one.isBefore(other) ? one : other);
                    }
                    TreeMap<LocalDate, Map<Long, @MEASURE@>> cohorts = new TreeMap<>();
                    for (Records.Line line : lines) {
                        LocalDate start = first.getOrDefault(line.text("@MEMBER@"), LocalDate.MAX);
                        cohorts.computeIfAbsent(start, unused -> new HashMap<>())
                                .computeIfAbsent(steps(start, start(line.date("date"))), unused -> new @MEASURE@())
                                .add(line);
                    }
                    LocalDate last = lines.stream()
                            .map(line -> start(line.date("date")))
                            .max(Comparator.naturalOrder())
                            .orElse(LocalDate.MIN);
                    List<List<String>> rows = new ArrayList<>();
                    cohorts.forEach((start, cells) -> rows.add(row(
                            start,
                            first.values().stream().filter(start::equals).count(),
                            cells,
                            last)));
                    return rows;
                }

                /** A step that lies behind the records is not known yet. */
                private List<String> row(LocalDate start, long size, Map<Long, @MEASURE@> cells, LocalDate last) {
                    List<String> row = new ArrayList<>(List.of(label(start), Long.toString(size)));
                    for (long step = 0; step <= @STEPS@; step++) {
                        @MEASURE@ cell = cells.getOrDefault(step, new @MEASURE@());
                        row.add(after(start, step).isAfter(last) ? "" : print(cell.value(@SIZE@)));
                    }
                    return row;
                }

                private static LocalDate after(LocalDate start, long step) {
                    return start.@AFTER@;
                }

                private static long steps(LocalDate from, LocalDate to) {
                    return ChronoUnit.@BETWEEN@;
                }

            """;

    private static final String STEPS =
            """
                /** The first day of the @STEP@. */
                private static LocalDate start(LocalDate day) {
                    return @START@;
                }

                private static String label(LocalDate start) {
                    return @LABEL@;
                }
            """;

    private final Specification specification;

    private AgentBody(Specification specification) {
        this.specification = specification;
    }

    static String of(Specification specification) {
        return new AgentBody(specification).text();
    }

    private String text() {
        String where = specification.written().getOrDefault("where", "");
        String period = specification.written().getOrDefault("period", "all");
        boolean back = specification.period().back();
        return TEXT.replace("@GROUPS@", groups())
                .replace("@LINES@", lines())
                .replace(
                        "@COLUMNS@",
                        columns().stream().map(MeasureSource::quoted).collect(Collectors.joining(", ")))
                .replace(
                        "@FROM@",
                        day(back ? Period.all().from() : specification.period().from()))
                .replace("@TO@", day(specification.period().to()))
                .replace("@WHERE@", where.isEmpty() ? "" : " where " + where)
                .replace("@ROWS@", period + (where.isEmpty() ? "" : ", " + where))
                .replace("@FORMULA@", specification.written().getOrDefault("formula", ""))
                .replace("@CAPITAL@", AgentSource.capital(specification.title()))
                .replace("@UNITWORDS@", specification.unit().isEmpty() ? "" : ", " + specification.unit())
                .replace("@UNIT@", specification.unit())
                .replace("@TITLE@", specification.title())
                .replace("@NAME@", AgentSource.capital(specification.agent()))
                .replace("@AGENT@", specification.agent())
                .replace("@METRIC@", specification.name())
                .replace("@RECORDS@", specification.records().kind())
                .replace("@MEASURE@", specification.measure())
                .replace("@TYPE@", specification.type());
    }

    private List<String> columns() {
        Grouping by = specification.by();
        List<String> columns = new ArrayList<>();
        columns.add(
                switch (by.kind()) {
                    case NONE -> "Rows";
                    case COLUMN -> AgentSource.capital(by.column().replace('_', ' '));
                    case PERIOD -> AgentSource.capital(by.step().word());
                    case COHORT -> "First " + by.step().word();
                });
        if (by.kind() != Kind.COHORT) {
            columns.add(AgentSource.capital(specification.title()));
            return columns;
        }
        columns.add("Members");
        for (int step = 0; step <= by.steps(); step++) {
            columns.add("+" + step);
        }
        return columns;
    }

    private String lines() {
        String counted = "records.lines().filter(" + specification.measure() + "::counts).toList()";
        if (!specification.period().back()) {
            return "        return " + counted + ";\n";
        }
        String unit = AgentSource.capital(specification.period().unit());
        return "        List<Records.Line> lines = " + counted + ";\n"
                + "        Optional<LocalDate> end =\n"
                + "                lines.stream().map(line -> line.date(\"date\")).max(Comparator.naturalOrder());\n"
                + "        return lines.stream()\n"
                + "                .filter(line -> line.date(\"date\").isAfter(end.orElse(LocalDate.MIN).minus" + unit
                + "("
                + specification.period().count() + ")))\n"
                + "                .toList();\n";
    }

    private String groups() {
        Grouping by = specification.by();
        String steps = STEPS.replace("@STEP@", by.step().word())
                .replace("@START@", StepSource.start(by.step()))
                .replace("@LABEL@", StepSource.label(by.step()));
        return switch (by.kind()) {
            case NONE -> ALL;
            case COLUMN -> KEYED.replace("@KEY@", "line.text(" + MeasureSource.quoted(by.column()) + ")");
            case PERIOD -> KEYED.replace("@KEY@", "label(start(line.date(\"date\")))") + "\n" + steps;
            case COHORT -> COHORTS.replace("@MEMBER@", by.column())
                            .replace("@STEPS@", Integer.toString(by.steps()))
                            .replace("@SIZE@", Formula.sized(specification.formula()) ? "size" : "")
                            .replace("@AFTER@", StepSource.after(by.step()))
                            .replace("@BETWEEN@", StepSource.between(by.step()))
                    + steps;
        };
    }

    private static String day(LocalDate day) {
        return "LocalDate.of(" + day.getYear() + ", " + day.getMonthValue() + ", " + day.getDayOfMonth() + ")";
    }
}
